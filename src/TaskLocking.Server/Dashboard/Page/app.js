// The board as a page. What comes from tasks is only ever set as text. One stream says that something was committed; what is shown is then
// read anew, at most twice a second, and rows that are as they were stay as they are.
'use strict';
const $ = id => document.getElementById(id);
const number = new Intl.NumberFormat('en');
const words = { in_progress: 'in progress', todo: 'to do' };
const word = text => words[text] ?? String(text).replaceAll('_', ' ');
const state = { board: null, paused: false, version: 0, stream: null, events: [], shown: {}, loadedAt: 0, cost: 0, failures: 0, begin: 0 };

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {}))
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

// Times: told from now, kept right by one clock; the exact one is the title.
const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
function span(seconds) {
  for (const [size, unit] of units)
    if (seconds >= size || size === 1) {
      const rest = units[units.findIndex(each => each[0] === size) + 1];
      const more = rest && size >= 3600 && size < 86400 ? Math.floor(seconds % size / rest[0]) : 0;
      return Math.floor(seconds / size) + ' ' + unit + (more > 0 ? ' ' + more + ' ' + rest[1] : '');
    }
}
function say(time) {
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
  const text = time.dataset.mode === 'left' ? (seconds < 0 ? span(-seconds) + ' left' : 'over for ' + span(seconds))
    : time.dataset.mode === 'for' ? 'for ' + span(Math.max(0, seconds)) : span(Math.max(0, seconds)) + ' ago';
  if (time.textContent !== text) time.textContent = text;
  return time;
}
const when = (at, mode) => at ? say(h('time', { datetime: at, 'data-mode': mode, title: new Date(at).toLocaleString() })) : null;

function address(change) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change))
    if (value) query.set(name, value); else query.delete(name);
  const text = query.toString();
  return location.pathname + (text ? '?' + text : '');
}
const taskLink = (id, css = 'id') => h('a', { href: address({ task: id }), class: css, 'data-task': id }, id);
const chip = text => h('span', { class: 'chip ' + (/^[a-z_]+$/.test(text) ? text : '') }, word(text));
const none = text => [{ key: '-', is: text, draw: () => h('p', { class: 'none' }, text) }];

// A list: rows by key; one that says the same is left alone, and the focus stays where it was.
function rows(panel, items, isNew) {
  const list = typeof panel === 'string' ? $(panel).querySelector('.rows') : panel;
  const known = new Map([...list.children].map(each => [each.dataset.key, each]));
  const focus = list.contains(document.activeElement)
    ? [document.activeElement.closest('li')?.dataset.key, document.activeElement.dataset.task] : null;
  const drawn = items.map(item => {
    const old = known.get(String(item.key));
    if (old && old.dataset.is === item.is) return old;
    const row = h('li', { 'data-key': item.key, 'data-is': item.is, class: isNew && known.size > 0 && !old && 'new' }, item.draw());
    return row;
  });
  if (drawn.length !== list.children.length || drawn.some((row, place) => list.children[place] !== row)) {
    list.replaceChildren(...drawn);
    if (focus) [...list.querySelectorAll('a, button')].find(each => each.closest('li').dataset.key === focus[0]
      && each.dataset.task === focus[1])?.focus({ preventScroll: true });
  }
}
function panel(id, list, drawItem, empty, key = item => item.id) {
  const count = $(id).querySelector('.count');
  if (count) count.textContent = number.format(list.count);
  const most = state.shown[id] ?? 10;
  const items = list.items.slice(0, most).map(item => ({ key: key(item), is: JSON.stringify(item), draw: () => drawItem(item) }));
  const toggle = (label, to) => ({ key: '+', is: label, draw: () => h('button', { type: 'button',
    onclick: () => { state.shown[id] = to; draw(); } }, label) });
  if (list.items.length > most) items.push(toggle(`Show ${number.format(list.items.length - most)} more`, 1000));
  else if (list.count > list.items.length) {
    const left = `and ${number.format(list.count - list.items.length)} more`;
    items.push({ key: '+', is: left, draw: () => h('p', { class: 'none' }, left) });
  } else if (most > 10 && list.items.length > 10) items.push(toggle('Show fewer', 10));
  rows(id, items.length > 0 ? items : none(empty));
}

const line = (...children) => h('div', { class: 'line' }, ...children);
const more = (...children) => h('div', { class: 'more' }, ...children);
const text = value => value ? h('span', {}, value) : null;
const title = task => [taskLink(task.id), h('span', { class: 'name' }, task.name === task.id ? '' : task.name)];
const rank = task => task.priority === 'high' || task.priority === 'critical' ? chip(task.priority) : null;

function alive(task) {
  if (task.state === 'gone' || task.alive === false) return h('span', { class: 'bad' }, 'its process is gone');
  if (task.state === 'expired') return h('span', { class: 'bad' }, 'its lease is over');
  if (task.alive) return h('span', { class: 'good' }, 'alive');
  return text(task.by_process ? 'process of another host' : 'by time alone');
}
const drawRunning = task => [line(...title(task), task.state === 'working' ? null : chip(task.state)),
  more(h('strong', {}, task.agent ?? 'nobody'), when(task.since, 'for'), alive(task),
    task.expires && !task.alive && task.state !== 'gone' ? h('span', {}, 'lease ', when(task.expires, 'left')) : null,
    text(task.max_attempt > 1 && `attempt ${task.attempt} of ${task.max_attempt}`))];
const drawAttention = task => [line(...title(task), chip(task.state)),
  more(text(task.why ?? task.failure), task.root && !String(task.why).includes(task.root)
    ? h('span', {}, 'root cause ', taskLink(task.root)) : null, text(task.agent), when(task.since, 'ago'))];
const drawReady = task => [line(...title(task), rank(task)),
  more(h('span', {}, 'made ', when(task.created, 'ago') ?? 'at an unknown time'), text(task.swarm),
    text(task.assignee && 'for ' + task.assignee), text(task.requires.length > 0 && 'needs ' + task.requires.join(', ')))];
const drawWaiting = task => [line(...title(task), rank(task)), more(...(task.why.length > 0 ? task.why : ['changed just now']).map(text))];

function bar(element, counts) {
  const parts = [['done', counts.done], ['review', counts.review], ['in_progress', counts.in_progress], ['failed', counts.failed],
    ['blocked', counts.blocked], ['rest', counts.todo + counts.unknown]];
  if (element.children.length === 0) element.append(...parts.map(([name]) => h('span', { class: name })));
  parts.forEach(([, count], place) => { element.children[place].style.flexGrow = count; element.children[place].hidden = count === 0; });
  element.setAttribute('aria-label', `${counts.percent} % done of ${number.format(counts.total)} tasks: `
    + parts.slice(1, 5).map(([name, count]) => `${number.format(count)} ${word(name)}`).join(', '));
  return element;
}
function drawSwarm(swarm) {
  const name = swarm.swarm ?? 'without a swarm';
  return [line(swarm.swarm ? h('a', { href: address({ swarm: swarm.swarm }), class: 'id', 'data-swarm': swarm.swarm }, name)
    : h('span', { class: 'id' }, name), h('span', { class: 'name' }), swarm.paused ? chip('paused') : null,
  h('span', { class: 'when' }, swarm.percent + ' %')),
  bar(h('div', { class: 'bar', role: 'img' }), swarm),
  more(text(`${number.format(swarm.done)} of ${number.format(swarm.total)} done`),
    text(swarm.in_progress > 0 && `${number.format(swarm.in_progress)} in progress`), text(`${number.format(swarm.ready)} ready`),
    swarm.failed > 0 ? h('span', { class: 'bad' }, `${number.format(swarm.failed)} failed`) : null, text(swarm.paused && swarm.reason))];
}
function drawAgent(agent) {
  const load = h('div', { class: 'bar', 'aria-hidden': 'true' }, h('span', { class: 'in_progress' }), h('span', { class: 'ready' }),
    h('span', { class: 'rest' }));
  [agent.in_progress, agent.open - agent.in_progress, Math.max(0, agent.max_tasks - agent.open)]
    .forEach((count, place) => { load.children[place].style.flexGrow = count; });
  return [line(h('a', { href: address({ agent: agent.name }), class: 'id', 'data-agent': agent.name }, agent.name),
    h('span', { class: 'name' }, agent.type === 'agent' ? '' : agent.type),
    h('span', { class: 'when' }, `${agent.open} of ${agent.max_tasks}`)), load,
  more(text(`${agent.in_progress} in progress`), text(!agent.registered && 'not registered'), text(agent.host),
    text(agent.capabilities.join(', ')))];
}
const drawLease = lease => [line(h('span', { class: 'path name' }, lease.path), lease.shared ? chip('shared') : null),
  more(text(lease.agent), lease.task_id && taskLink(lease.task_id, ''), when(lease.since, 'for'),
    lease.by_process ? text('while its process lives') : when(lease.expires, 'left'))];
const drawLock = lock => [line(h('span', { class: 'path name' }, lock.name)),
  more(text(lock.waits.count > 0 && `${number.format(lock.waits.count)} waits, 95 % within ${lock.waits.p95_ms} ms, `
    + `longest ${lock.waits.longest_ms} ms`), text(lock.conflicts > 0 && many(lock.conflicts, 'conflict')),
    lock.timeouts > 0 ? h('span', { class: 'bad' }, many(lock.timeouts, 'timeout')) : null)];

function drawNumbers(counts) {
  const shown = [['all', 'done', counts.percent + ' %'], ['all', 'tasks', counts.total], ['done', 'done', counts.done],
    ['in_progress', 'in progress', counts.in_progress], ['review', 'in review', counts.review], ['ready', 'ready', counts.ready],
    ['blocked', 'blocked', counts.blocked], ['failed', 'failed', counts.failed]];
  $('numbers').replaceChildren(...shown.map(([css, name, count]) => h('div', { class: css }, h('dt', {}, css === 'all' && name === 'done'
    ? 'finished' : name), h('dd', {}, typeof count === 'number' ? number.format(count) : count))));
}

function drawNightly(run) {
  if (!run) return [h('p', { class: 'none' }, 'None so far: tasklock nightly')];
  return [line(h('span', { class: 'name' }, run.swarm ? `Swarm ${run.swarm}` : 'All tasks'),
    h('span', { class: 'when' }, when(run.finished, 'ago'))),
  more(text(`${number.format(run.maintained)} set right`), text(`${number.format(run.assigned)} assigned`),
    text(`${number.format(run.skipped)} skipped`), text(run.archived > 0 && `${number.format(run.archived)} archived`), text(run.by)),
  run.stopped ? h('div', { class: 'bad' }, `Stopped: ${run.stopped}`) : null,
  run.stopped ? more(run.succeeded ? h('span', {}, 'went through last ', when(run.succeeded, 'ago'))
    : text('none went through yet')) : null];
}
const many = (count, what) => `${number.format(count)} ${what}${count === 1 ? '' : 's'}`;
function drawStore(board) {
  const store = board.store;
  const items = [h('div', { class: 'line' }, h('span', { class: 'name' }, 'Version ' + number.format(board.version)),
    h('span', { class: 'when' }, store.kind))];
  if (store.journal_bytes !== undefined) items.push(more(text(`journal ${number.format(store.journal_bytes)} bytes`)));
  if (store.cycles > 0)
    items.push(h('div', { class: 'bad' }, `${many(store.cycles, 'circle')} of dependencies: ${store.cycle.join(' → ')}`));
  if (store.dangling > 0) items.push(h('div', { class: 'bad' }, `Dependencies on tasks that are not there: ${store.dangling}`));
  if (store.not_understood > 0)
    items.push(h('div', { class: 'bad' }, `Fields that are not understood: ${store.not_understood}. See tasklock graph check.`));
  for (const notice of store.notices) items.push(h('div', {}, notice.message));
  if (store.cycles + store.dangling + store.not_understood + store.notices.length === 0)
    items.push(h('div', { class: 'good' }, 'Nothing is wrong with it'));
  rows('store', items.map((item, place) => ({ key: place, is: item.textContent, draw: () => item })));
}

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const short = (value, most) => [...value].length > most ? [...value].slice(0, most - 1).join('') + '…' : value;

function drawGraph(graph) {
  $('graph').querySelector('.count').textContent = number.format(graph.count);
  const is = JSON.stringify(graph);
  if ($('graph').dataset.is === is) return;
  $('graph').dataset.is = is;
  const isEmpty = graph.nodes.length === 0;
  $('picture').hidden = $('words-of-graph').hidden = isEmpty;
  $('chain').replaceChildren(...(isEmpty ? [graph.open === 0 ? 'Nothing is left to do.' : 'No open task waits for another.']
    : graph.critical_length > 1 ? [`Longest chain, ${number.format(graph.critical_length)} tasks one after the other: `,
      ...graph.critical_path.flatMap((id, place) => [place > 0 ? ' → ' : '', taskLink(id, '')])]
      : ['All that waits is in a circle, or behind one.']));
  if (graph.nodes.length < graph.count) $('chain').append(` · ${graph.nodes.length} of ${number.format(graph.count)} tasks are drawn.`);
  rows($('words-of-graph').querySelector('.rows'), graph.nodes.map(node => ({ key: node.id, is: JSON.stringify(node), draw: () => line(
    taskLink(node.id), h('span', {}, `${word(node.status)}, `, node.dependencies.length > 0 ? 'waits for ' : 'waits for nothing',
      ...node.dependencies.flatMap((id, place) => [place > 0 ? ', ' : '', taskLink(id, '')]),
      node.column < 0 ? ', in a circle or behind one' : '')) })));
  if (!isEmpty) drawPicture(graph);
}

function drawPicture(graph) {
  const [width, height, gapX, gapY, pad] = [132, 26, 44, 10, 12];
  const columns = new Map();
  const last = Math.max(0, ...graph.nodes.map(node => node.column)) + 1;
  for (const node of graph.nodes) {
    const column = node.column < 0 ? last : node.column;
    columns.set(column, [...columns.get(column) ?? [], node]);
  }
  const places = new Map();
  const chain = new Map(graph.critical_path.map((id, place) => [id, place]));
  [...columns.keys()].sort((a, b) => a - b).forEach((column, x) => {
    const middle = node => {
      const before = node.dependencies.map(id => places.get(id)?.row).filter(row => row !== undefined);
      return before.length > 0 ? before.reduce((a, b) => a + b, 0) / before.length : Infinity;
    };
    // The longest chain runs along the top.
    columns.get(column).map(node => [chain.has(node.id) ? -1 : middle(node), node]).sort((a, b) => a[0] === b[0] ? 0 : a[0] - b[0])
      .forEach(([, node], row) => places.set(node.id, { row, x: pad + x * (width + gapX), y: pad + row * (height + gapY) }));
  });
  const edges = [], nodes = [];
  for (const node of graph.nodes) {
    const to = places.get(node.id);
    for (const id of node.dependencies) {
      const from = places.get(id);
      if (!from) continue;
      const isCritical = chain.has(id) && chain.get(node.id) === chain.get(id) + 1;
      const [x1, y1, y2] = [from.x + width, from.y + height / 2, to.y + height / 2];
      edges.push(svg('path', { d: `M${x1} ${y1}C${x1 + gapX / 2} ${y1} ${to.x - gapX / 2} ${y2} ${to.x} ${y2}`,
        class: isCritical ? 'critical' : '' }));
    }
    nodes.push(svg('g', { class: `node ${node.status}${chain.has(node.id) ? ' critical' : ''}`, 'data-task': node.id },
      svg('title', {}, `${node.id}: ${node.name} (${word(node.status)})`),
      svg('rect', { x: to.x, y: to.y, width, height, rx: 6 }),
      svg('rect', { class: 'mark', x: to.x + 4, y: to.y + 5, width: 4, height: height - 10, rx: 2 }),
      svg('text', { x: to.x + 14, y: to.y + 17 }, short(node.id, 16))));
  }
  const sizes = [...places.values()];
  const [w, t] = [Math.max(...sizes.map(each => each.x)) + width + pad, Math.max(...sizes.map(each => each.y)) + height + pad];
  edges.sort((a, b) => a.getAttribute('class').length - b.getAttribute('class').length);
  $('picture').replaceChildren(svg('svg', { width: w, height: t, viewBox: `0 0 ${w} ${t}`, 'aria-hidden': 'true' }, ...edges, ...nodes));
}

const deeds = { claimed: 'claimed', started: 'begun', completed: 'done', submitted: 'handed in for review', renewed: 'lease renewed',
  released: 'claim ended', retried: 'failed, will be tried again', restarted: 'put back into the queue', file_locked: 'leased',
  file_unlocked: 'lease ended', agent_registered: 'registered', agent_unregistered: 'registered no longer', noted: 'note left',
  swarm_paused: 'paused', swarm_resumed: 'goes on', nightly_run: 'nightly run ended' };
const drawEvent = event => [line(event.task_id ? taskLink(event.task_id) : h('span', { class: event.what ? 'path' : 'id' },
  event.what ?? event.agent ?? ''), h('span', { class: 'name' }, deeds[event.kind] ?? word(event.kind),
  event.changes > 1 ? `, and ${number.format(event.changes - 1)} more` : ''), h('span', { class: 'when' }, when(event.time, 'ago') ?? '')),
more(text(event.agent ?? event.by), text(event.reason))];

function draw() {
  const board = state.board;
  if (!board) return;
  document.title = `${board.progress.percent} % ${board.name} – TaskLocking`;
  $('title').textContent = board.name;
  choose('swarm', board.swarm_names, 'all');
  choose('agent', board.agent_names, 'all');
  bar($('bar'), board.progress);
  drawNumbers(board.progress);
  panel('running', board.running, drawRunning, 'Nobody works on anything.');
  panel('attention', board.attention, drawAttention, 'Nothing is stuck, failed or left behind.');
  panel('ready', board.ready, drawReady, board.progress.total === 0 ? 'No tasks here. Make one: tasklock task new T-1'
    : 'Nothing can be taken now.');
  panel('waiting', board.waiting, drawWaiting, 'No task waits.');
  panel('swarms', board.swarms, drawSwarm, 'No tasks, no swarms.', swarm => swarm.swarm ?? '');
  panel('agents', board.agents, drawAgent, 'Nobody is registered: tasklock agent add NAME', agent => agent.type + ':' + agent.name);
  panel('leases', board.leases, drawLease, 'No file is leased.', lease => [lease.path, lease.agent, lease.task_id].join('\n'));
  const locks = (board.contention?.resources ?? []).filter(lock => lock.waits.count + lock.conflicts + lock.timeouts > 0);
  panel('contention', { count: locks.length, items: locks }, drawLock,
    board.contention === null ? 'A database keeps its own numbers.' : 'Nobody has waited for anybody.', lock => lock.name);
  drawGraph(board.graph);
  rows('nightly', [{ key: 'last', is: JSON.stringify(board.last_nightly), draw: () => drawNightly(board.last_nightly) }]);
  drawStore(board);
  drawEvents();
}
function drawEvents() {
  rows('events', state.events.length > 0 ? state.events.slice(0, 15).map(event => ({ key: event.version, is: JSON.stringify(event),
    draw: () => drawEvent(event) })) : none('What happens from now on comes here.'), true);
}
function choose(id, names, all) {
  const [select, value] = [$(id), new URLSearchParams(location.search).get(id) ?? ''];
  const options = value && !names.includes(value) ? [value, ...names] : names;
  const is = JSON.stringify(options);
  if (select.dataset.is !== is) {
    select.dataset.is = is;
    select.replaceChildren(h('option', { value: '' }, all), ...options.map(name => h('option', { value: name }, name)));
  }
  select.value = value;
}

// A server that hangs keeps its connections: that no answer comes is all there is to notice. A change may have to wait for a lock.
const patience = 15000;
async function ask(path, options) {
  const silent = () => { throw new Error('The server does not answer.'); };
  const answer = await fetch(path, { signal: options ? null : AbortSignal.timeout(patience),
    headers: { Accept: 'application/json', ...options?.headers }, ...options }).catch(silent);
  // One that was cut off is none.
  const body = await answer.json().catch(() => answer.ok ? silent() : {});
  if (answer.ok) return body;
  throw Object.assign(new Error(answer.status === 401 ? 'This server has another token, or yours was revoked. Open its address anew.'
    : body.detail ?? `The server answers ${answer.status}.`), { status: answer.status });
}

let loading = null, again = false, timer = 0;
function soon() {
  if (state.paused || document.hidden) return;
  if (loading) { again = true; return; }
  if (timer) return;
  timer = setTimeout(() => { timer = 0; load(); }, Math.max(0, Math.max(500, 10 * state.cost) - (Date.now() - state.loadedAt)));
}
async function load() {
  const asked = new URLSearchParams(location.search);
  asked.delete('task');
  const begun = Date.now();
  loading = ask('/api/board?' + asked);
  try {
    const board = await loading;
    const isFirst = !state.board;
    [state.board, state.loadedAt, state.failures] = [board, Date.now(), 0];
    if (isFirst && isDrawnBlind) openTask(opened);
    state.cost = Date.now() - begun;
    problem(null);
    draw();
    if (state.stream?.readyState === EventSource.OPEN) live('live');
    connect();
  } catch (fault) {
    state.failures++;
    if (fault.status) problem(fault.message);
    if (fault.status !== 400) { live('lost'); later(); }
  } finally {
    loading = null;
    if (again) { again = false; soon(); }
  }
}
let retry = 0;
function later() {
  clearTimeout(retry);
  retry = setTimeout(() => soon(), Math.min(500 * 2 ** state.failures, 8000));
}
function problem(message) {
  $('problem').hidden = !message;
  if ($('problem').textContent !== (message ?? '')) $('problem').textContent = message ?? '';
}
function live(how) {
  $('live').dataset.state = how;
  $('live-text').textContent = { live: 'Live', lost: 'No connection: trying again', paused: 'Paused', waiting: 'Loading' }[how]
    + (state.loadedAt && how !== 'live' ? ', as of ' + new Date(state.loadedAt).toLocaleTimeString() : '');
}

function connect() {
  if (state.stream || state.paused || document.hidden) return;
  // The first time with a little of what was before, so that the list of events is not empty.
  state.begin ||= state.board.version;
  const after = state.version || Math.max(0, state.begin - 15);
  const stream = state.stream = new EventSource('/api/events?detail=concise&after=' + after);
  stream.addEventListener('open', () => live('live'));
  stream.addEventListener('commits', message => {
    const news = JSON.parse(message.data);
    state.version = news.version;
    state.events = [...news.events.reverse(), ...state.events].slice(0, 100);
    drawEvents();
    if (news.version <= state.begin) return;
    tally(news.events, news.commits);
    soon();
  });
  stream.addEventListener('reset', message => {
    state.version = JSON.parse(message.data).version;
    state.events = [];
    drawEvents();
    soon();
  });
  stream.addEventListener('error', () => {
    disconnect();
    live('lost');
    state.failures++;
    later();
  });
}
function disconnect() {
  state.stream?.close();
  state.stream = null;
}

// What is said aloud: now and then, in one sentence.
let told = {}, speaking = 0;
function tally(events, commits) {
  for (const event of events) told[event.kind] = (told[event.kind] ?? 0) + event.changes;
  if (commits > events.length) told.more = (told.more ?? 0) + commits - events.length;
  speaking ||= setTimeout(() => {
    const parts = ['completed', 'failed', 'defined', 'claimed', 'blocked'].filter(kind => told[kind])
      .map(kind => `${told[kind]} ${word(kind)}`);
    const counts = state.board.progress;
    $('status').textContent = (parts.length > 0 ? parts.join(', ') + '. ' : '')
      + `${counts.percent} % of ${number.format(counts.total)} tasks are done.`;
    [told, speaking] = [{}, 0];
  }, 10000);
}

// One task, at an address of its own.
const facts = pairs => h('dl', { class: 'facts' }, pairs.filter(([, value]) => value && value.length !== 0)
  .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
const links = ids => (ids ?? []).flatMap((id, place) => [place > 0 ? ', ' : '', taskLink(id, '')]);
let opened = null;
let isDrawnBlind = false; // before it was known whether it may be changed
async function openTask(id) {
  if (opened !== id) $('task-body').replaceChildren(h('p', { class: 'none' }, 'Loading'));
  opened = id;
  $('task-h').textContent = id;
  if (!$('task').open) $('task').showModal();
  const path = '/api/tasks/' + encodeURIComponent(id);
  try {
    const [short, full, why, past] = await Promise.all([ask(path + '?detail=concise'), ask(path), ask(path + '/readiness'),
      ask(path + '/history?limit=30')]);
    if (opened === id) drawTask(short.task, full.task, why.readiness, past);
  } catch (fault) {
    if (opened === id) $('task-body').replaceChildren(h('p', { class: 'problem' }, fault.message));
  }
}
function drawTask(task, full, readiness, past) {
  isDrawnBlind = !state.board;
  const content = full.content ?? full.long_description ?? full.description;
  $('task-h').textContent = task.name === task.id ? task.id : `${task.id}: ${task.name}`;
  $('task-body').replaceChildren(...[line(chip(task.status.toLowerCase().replaceAll(' ', '_')), rank(task)), facts([
    ['Swarm', task.swarm], ['Has it', task.assignee],
    ['Claim', task.claim && [task.claim.agent, ', lease ', when(task.claim.expires, 'left'),
      task.claim.pid ? `, process ${task.claim.pid} at ${task.claim.host}` : ', by time alone']],
    ['Waits for', links(task.dependencies)], ['Root cause', task.blocked_by && taskLink(task.blocked_by, '')], ['Failure', task.failure],
    ['Attempt', task.attempt && String(task.attempt)], ['Tags', task.tags?.join(', ')], ['Files', task.files?.join(', ')],
    ['Needs', task.requires?.join(', ')], ['Version', String(task.version)]]),
  h('h3', {}, 'Can it be taken?'), readiness.ready ? h('p', { class: 'none' }, 'Yes, now.')
    : h('ul', { class: 'rows' }, readiness.reasons.map(reason => h('li', {}, reason.message))),
  content && h('h3', {}, 'Text'),
  content && h('p', { class: 'content', tabindex: 0, role: 'group', 'aria-label': 'Text of the task' }, content),
  state.board && !state.board.read_only && actions(task),
  h('h3', {}, `History, ${number.format(past.count)} changes, newest first`),
  h('ul', { class: 'rows' }, past.history.map(drawChange))].filter(Boolean));
}
const plain = value => value === null || value === undefined ? 'nothing' : typeof value === 'object' ? JSON.stringify(value) : `${value}`;
const drawChange = entry => h('li', {}, line(h('span', { class: 'name' },
  `${entry.field}: ${plain(entry.oldValue)} → ${plain(entry.newValue)}`),
  h('span', { class: 'when' }, when(entry.timestamp, 'ago') ?? '')), more(text(entry.by ?? entry.agent)));

function actions(task) {
  const area = h('div', { class: 'actions', role: 'group', 'aria-label': 'Change the task' });
  const offer = [!task.assignee && !task.claim && ['Assign', 'assign'], (task.assignee || task.claim) && ['Release', 'unassign'],
    ['Failed', 'Blocked'].includes(task.status) && ['Retry', 'retry']].filter(Boolean);
  const show = () => area.replaceChildren(...offer.map(([name, verb]) => h('button', { type: 'button', class: 'act',
    onclick: () => confirm(name, verb) }, name)));
  function confirm(name, verb) {
    const who = h('input', { 'aria-label': 'Assign to', placeholder: 'name', maxlength: 100, required: true });
    const kind = h('select', { 'aria-label': 'Kind' }, ['agent', 'human', 'host'].map(each => h('option', {}, each)));
    const asked = { assign: `Assign ${task.id} to`, retry: `Put ${task.id} back into the queue?`,
      unassign: `Take ${task.id} from ${task.assignee ?? task.claim?.agent}? Its claim ends, and its work may be lost.` }[verb];
    const sentence = h('p', { role: 'status' });
    const yes = h('button', { type: 'button', class: 'act', onclick: async () => {
      if (verb === 'assign' && !who.value.trim()) { who.focus(); return; }
      try {
        await ask(`/api/tasks/${encodeURIComponent(task.id)}/${verb}`, { method: 'POST', headers: { 'Content-Type': 'application/json',
          'If-Match': `"v${task.version}"`, 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify(verb === 'assign'
          ? { assignee_name: who.value.trim(), assignee_type: kind.value } : verb === 'unassign' ? { confirm: task.id } : {}) });
        soon();
        openTask(task.id);
      } catch (fault) { sentence.textContent = fault.message; }
    } }, `Yes, ${name.toLowerCase()}`);
    area.replaceChildren(...[h('p', {}, asked), verb === 'assign' && who, verb === 'assign' && kind, yes,
      h('button', { type: 'button', onclick: () => { show(); area.querySelector('button')?.focus(); } }, 'Cancel'),
      sentence].filter(Boolean));
    (verb === 'assign' ? who : yes).focus();
  }
  show();
  return offer.length > 0 ? area : null;
}

// The address has the filter and the task: what is shown can be sent to somebody, and Back goes back.
function follow() {
  const query = new URLSearchParams(location.search);
  if ($('words').value !== (query.get('words') ?? '') && document.activeElement !== $('words')) $('words').value = query.get('words') ?? '';
  $('clear').hidden = !['words', 'swarm', 'agent'].some(name => query.has(name));
  if (query.has('task')) openTask(query.get('task'));
  else if ($('task').open) $('task').close();
}
function go(change, replace) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address(change));
  follow();
  if (Object.keys(change).some(name => name !== 'task')) { state.loadedAt = 0; clearTimeout(timer); timer = 0; soon(); }
}
addEventListener('popstate', () => { follow(); state.loadedAt = 0; soon(); });
document.addEventListener('click', event => {
  const target = event.target.closest('[data-task], [data-swarm], [data-agent]');
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const { task, swarm, agent } = target.dataset;
  go(task !== undefined ? { task } : swarm !== undefined ? { swarm } : { agent });
});
$('task').addEventListener('close', () => {
  opened = null;
  if (new URLSearchParams(location.search).has('task')) go({ task: '' });
});
$('close').addEventListener('click', () => $('task').close());
$('filter').addEventListener('submit', event => event.preventDefault());
$('filter').addEventListener('reset', event => {
  event.preventDefault();
  $('words').value = '';
  go({ words: '', swarm: '', agent: '' });
  $('words').focus();
});
for (const id of ['swarm', 'agent']) $(id).addEventListener('change', () => go({ [id]: $(id).value }));
$('words').addEventListener('input', () => go({ words: $('words').value.trim() }, true));

function pause(isPaused) {
  state.paused = isPaused;
  $('pause').textContent = isPaused ? 'Go on' : 'Pause';
  wake();
}
function wake() {
  if (state.paused || document.hidden) {
    disconnect();
    live('paused');
  } else {
    live('waiting');
    state.loadedAt = 0;
    soon();
  }
}
$('pause').addEventListener('click', () => pause(!state.paused));
document.addEventListener('visibilitychange', wake);
$('theme').addEventListener('change', () => colours($('theme').value));
function colours(theme) {
  document.documentElement.dataset.theme = theme;
  $('theme').value = theme;
  try { localStorage.setItem('tasklock-theme', theme); } catch { /* It is not remembered then. */ }
}
let kept = null;
try { kept = localStorage.getItem('tasklock-theme'); } catch { /* Nor read. */ }
colours(['light', 'dark'].includes(kept) ? kept : 'auto');
setInterval(() => {
  if (state.paused || document.hidden) return;
  document.querySelectorAll('time[data-mode]').forEach(say);
  // What time alone changes: a lease that runs out, a process that is gone.
  if (Date.now() - state.loadedAt > 10000 && state.stream) soon();
}, 1000);
follow();
wake();
