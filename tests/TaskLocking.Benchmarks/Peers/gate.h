/* The start gate and the report that every measured process shares: "READY", a line on standard input, then one line of JSON. */
#ifndef GATE_H
#define GATE_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void require(int holds, const char *what)
{
    if (!holds) {
        perror(what);
        exit(1);
    }
}

static void wait_for_start(void)
{
    puts("READY");
    fflush(stdout);
    getchar();
}

static void report(long operations, long long begin, long long end)
{
    printf("{\"operations\":%ld,\"begin\":%lld,\"end\":%lld}\n", operations, begin, end);
}

#endif
