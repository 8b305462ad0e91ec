/* commit_loop LOCKFILE JOURNAL SECONDS: the least that a durable commit of several processes can cost; the flush is outside the lock. */
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "gate.h"

int main(int argc, char **argv)
{
    require(argc == 4, "commit_loop LOCKFILE JOURNAL SECONDS");
    char line[400];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    int lock = open(argv[1], O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    int journal = open(argv[2], O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
    require(lock >= 0 && journal >= 0, "open");
    wait_for_start();
    long operations = 0;
    long long begin = now(), end = begin, last = begin + (long long)(atof(argv[3]) * 1e9);
    for (; end < last; end = now(), operations++) {
        require(flock(lock, LOCK_EX) == 0, "flock");
        require(write(journal, line, sizeof line) == sizeof line, "write");
        require(flock(lock, LOCK_UN) == 0, "unlock");
        require(fdatasync(journal) == 0, "fdatasync");
    }
    report(operations, begin, end);
    return 0;
}
