/* Runs a program with its output thrown away, and writes what it used: nanoseconds of processor time, and the most bytes of memory
   that it had at once. Exits with 1 when the program failed, whose standard error is ours. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static long long nanoseconds(struct timeval time) {
    return time.tv_sec * 1000000000LL + time.tv_usec * 1000LL;
}

int main(int argc, char **argv) {
    int status;
    struct rusage used;
    pid_t child;

    if (argc < 2)
        return 2;
    child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0)
            execv(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return 1;
#ifdef __APPLE__
    printf("%lld %lld\n", nanoseconds(used.ru_utime) + nanoseconds(used.ru_stime), (long long)used.ru_maxrss);
#else
    printf("%lld %lld\n", nanoseconds(used.ru_utime) + nanoseconds(used.ru_stime), (long long)used.ru_maxrss * 1024);
#endif
    return 0;
}
