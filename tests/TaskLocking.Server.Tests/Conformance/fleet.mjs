// Agents by the client of others, all at once, each from claim to completion until nothing is left; some give back, some show a token that
// ended long ago. What they ask and are told goes into logs for the checker of the tests: times are of the clock that it reads, too.
//   node fleet.mjs PROGRAM WORKSPACE LOGS stdio|http SWARM AGENTS SEED
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [program, workspace, logs, way, swarm, agents, seed] = process.argv.slice(2);
const fought = ['F-1', 'F-2', 'F-3'];

let server = null;
async function transport() {
  if (way === 'stdio') return new StdioClientTransport({ command: program, args: ['mcp', '--workspace', workspace] });
  server ??= await new Promise((told, failed) => {
    const child = spawn(program, ['serve', '--port', '0', '--allow-changes', '--workspace', workspace],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface(child.stdout).once('line', line => told({ child, ...JSON.parse(line) }));
    child.once('exit', code => failed(new Error(`The server ended with exit code ${code}.`)));
  });
  return new StreamableHTTPClientTransport(new URL(server.url + '/mcp'),
    { requestInit: { headers: { Authorization: `Bearer ${server.token}` } } });
}

// The same numbers for the same seed, whatever Node.js this is.
function chance(start) {
  let state = start >>> 0 || 1;
  return below => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % below;
  };
}

function record(name) {
  const file = openSync(join(logs, name + '.ops'), 'wx');
  const write = fields => writeSync(file, fields.join('\t') + '\n');
  let last = 0;
  write(['W', name]);
  return async (kind, ids, agent, token, ask, facts) => {
    const number = ++last;
    write(['S', number, kind, process.hrtime.bigint(), agent, token || '', ...ids]);
    const answer = await ask();
    write(['E', number, process.hrtime.bigint(), ...facts(answer)]);
    return answer;
  };
}

const done = (id, answer) => {
  const code = answer.refusal?.code ?? '';
  return [id, code ? 'Refused' : 'Done', '', '', code, answer.existing_assignee?.name ?? '', ''];
};

async function work(name, client, random) {
  const call = async (tool, args) => (await client.callTool({ name: tool, arguments: args })).structuredContent;
  const told = record(name);
  const [ended, own] = [[], new Set()];
  const later = (kind, action, id, token) => told(kind, [id], name, token,
    () => call('claim', { action, agent: name, task_id: id, token }), answer => done(id, answer));
  const read = id => told('Read', [id], '', 0, () => call('task_query', { action: 'get', task_id: id, detail: 'full' }), ({ task }) => {
    const claim = task.taskLocking?.claim;
    return [id, 'Done', claim?.token ?? '', '', '', claim?.agent ?? task.assignee?.name ?? '', task.status.replaceAll(' ', '')];
  });
  const aside = async () => {
    const id = fought[random(fought.length)];
    const choice = random(4);
    if (choice === 0 && ended.length > 0) {
      const [old, token] = ended[random(ended.length)];
      await later('Complete', 'complete', old, token);
    } else if (choice === 1 && own.delete(id))
      await told('Unassign', [id], name, 0,
        () => call('task_assignee', { action: 'unassign', task_id: id, assignee_name: name }), answer => done(id, answer));
    else if (choice < 3 && !own.has(id)) {
      const answer = await told('Assign', [id], name, 0,
        () => call('task_assignee', { action: 'assign', task_id: id, assignee_name: name }), each => done(id, each));
      if (!answer.refusal) own.add(id);
    } else await read(ended.length > 0 && random(2) === 0 ? ended.at(-1)[0] : id);
  };
  let releases = 0;
  for (let left = 2; left > 0;) {
    await aside();
    const { tasks: [task] } = await told('Claim', [], name, 0, () => call('claim', { action: 'next', agent: name, swarm }),
      answer => answer.tasks.length === 0 ? ['', 'Unchanged', '', '', '', '', '']
        : [answer.tasks[0].id, 'Done', answer.tasks[0].claim.token, '', '', '', '']);
    if (!task) { left--; continue; }
    left = 2;
    const { id, claim: { token } } = task;
    if (random(4) === 0 && releases++ < 4) await later('GiveBack', 'release', id, token);
    else {
      await later('Start', 'start', id, token);
      await aside();
      await later('Complete', 'complete', id, token);
    }
    ended.push([id, token]);
  }
}

try {
  const clients = [];
  for (let number = 0; number < Number(agents); number++) {
    const client = new Client({ name: 'independent', version: '1' });
    await client.connect(await transport());
    // It checks answers by the schemas of the tools that it has listed.
    await client.listTools();
    clients.push(client);
  }
  await Promise.all(clients.map((client, number) => work(`agent-${number}`, client, chance(Number(seed) + number * 7919))));
  await Promise.all(clients.map(client => client.close()));
} finally {
  server?.child.kill();
}
