/* lock_loop LOCKFILE SECONDS: the least that taking and releasing a lock can cost. */
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include "gate.h"

int main(int argc, char **argv)
{
    require(argc == 3, "lock_loop LOCKFILE SECONDS");
    wait_for_start();
    long operations = 0;
    long long begin = now(), end = begin, last = begin + (long long)(atof(argv[2]) * 1e9);
    for (; end < last; end = now(), operations++) {
        int fd = open(argv[1], O_CREAT | O_RDWR | O_CLOEXEC, 0666);
        require(fd >= 0, "open");
        require(flock(fd, LOCK_EX | LOCK_NB) == 0, "flock");
        close(fd);
    }
    report(operations, begin, end);
    return 0;
}
