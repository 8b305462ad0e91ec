/* pg_commit_once CONNINFO BOARD EPOCH VERSION CID OWN-CID: the least that a process can be which makes one durable commit to a board in
   PostgreSQL: it connects, calls the procedure once, and ends. What it is decided on it is told. */
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static int fail(PGconn *connection)
{
    fputs(PQerrorMessage(connection), stderr);
    return 1;
}

int main(int argc, char **argv)
{
    char line[512], ids[64];
    if (argc != 7)
        return 2;
    PGconn *connection = PQconnectdb(argv[1]);
    if (PQstatus(connection) != CONNECTION_OK)
        return fail(connection);
    snprintf(ids, sizeof ids, "{%s}", argv[6]);
    memset(line, 'x', sizeof line);
    int head = sprintf(line, "{\"{\\\"t\\\":\\\"2026-01-01T00:00:00.000Z\\\",\\\"by\\\":\\\"");
    line[head] = 'x';
    strcpy(line + 400, "\\\",\\\"op\\\":[]}\"}");
    const char *values[] = { argv[2], argv[3], argv[4], argv[5], ids, line, "{\"{}\"}", "{\"{}\"}", "{\"{}\"}", "{}", "0", "1000" };
    PGresult *result = PQexecParams(connection, "call tasklocking.commit_lines($1::int,$2::bigint,$3::bigint,$4::uuid,$5::uuid[],"
        "$6::text[],$7::text[],$8::text[],$9::text[],$10::text[],$11::bigint,$12::int,null,null,null,null,null,null,null)",
        12, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return fail(connection);
    if (strcmp(PQgetvalue(result, 0, 0), "ok") != 0 || strchr(PQgetvalue(result, 0, 1), 'N') != NULL) {
        fprintf(stderr, "%s %s\n", PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1));
        return 1;
    }
    PQclear(result);
    PQfinish(connection);
    return 0;
}
