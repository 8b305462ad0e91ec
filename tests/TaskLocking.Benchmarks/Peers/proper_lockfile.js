// proper_lockfile.js LOCKFILE SECONDS: acquire and release with npm's proper-lockfile (a folder that is made and removed).
'use strict';

const lockfile = require('proper-lockfile');
const readline = require('readline');

const now = () => (performance.timeOrigin + performance.now()) * 1e6;
const [, , path, seconds] = process.argv;

console.log('READY');
readline.createInterface({ input: process.stdin }).once('line', async () => {
    let operations = 0;
    const begin = now();
    let end = begin;
    for (; end < begin + seconds * 1e9; end = now(), operations++) {
        const release = await lockfile.lock(path, { realpath: false });
        await release();
    }
    console.log(JSON.stringify({ operations, begin: Math.round(begin), end: Math.round(end) }));
    process.exit();
});
