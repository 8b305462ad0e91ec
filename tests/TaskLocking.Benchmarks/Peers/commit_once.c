/* commit_once LOCKFILE JOURNAL: the least that a process can be which makes one durable commit; the flush is outside the lock. */
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "gate.h"

int main(int argc, char **argv)
{
    require(argc == 3, "commit_once LOCKFILE JOURNAL");
    char line[400];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    int lock = open(argv[1], O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    int journal = open(argv[2], O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
    require(lock >= 0 && journal >= 0, "open");
    require(flock(lock, LOCK_EX) == 0, "flock");
    require(write(journal, line, sizeof line) == sizeof line, "write");
    require(flock(lock, LOCK_UN) == 0, "unlock");
    require(fdatasync(journal) == 0, "fdatasync");
    return 0;
}
