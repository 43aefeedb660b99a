'use strict';
const every = 2000, losses = new Map();
const by = id => document.getElementById(id);
const percent = x => x == null ? '–' : (100 * x).toFixed(2);
const loss = x => x == null ? '–' : x.toFixed(4);

// All text of the store goes in as text, never as markup.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter(child => child != null));
  return element;
}

function time(seconds) {
  if (seconds == null) return 'unknown';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86400).toFixed(1)} days`;
}

const fact = (name, value) => make('li', {}, `${name} `, make('b', {}, value));
const silent = (isStale, seconds) => isStale ? make('p', { class: 'warn' }, `Stale: no sign of life for ${time(seconds)}; its process has likely ended.`) : null;

function grid({ status, secondsLeft, secondsSilent, isStale }) {
  const reachable = status.cells - status.barred;
  return make('article', { class: isStale ? 'card stale' : 'card' },
    make('div', { class: 'row' }, make('h3', {}, status.title), make('span', {}, `${status.done} of ${reachable} cells`)),
    make('progress', { max: Math.max(1, reachable), value: status.done, 'aria-label': `cells done of ${status.title}` }),
    make('ul', { class: 'facts' },
      fact('left', isStale ? 'unknown' : time(secondsLeft)),
      status.failed ? fact('failed', status.failed) : null,
      status.barred ? fact('not run here', status.barred) : null,
      status.current ? fact('now', status.current) : null),
    silent(isStale, secondsSilent));
}

// Remembered by this window alone: where the loss was each time the page asked.
function curve(status) {
  const points = losses.get(status.id) ?? [];
  if (status.training?.loss != null && points.at(-1)?.[0] !== status.done) points.push([status.done, status.training.loss]);
  if (points.length > 300) points.splice(1, 1);
  losses.set(status.id, points);
  if (points.length < 3) return null;
  const [x0, x1] = [points[0][0], points.at(-1)[0]], values = points.map(p => p[1]), low = Math.min(...values), high = Math.max(...values);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 100 30', preserveAspectRatio: 'none', role: 'img', 'aria-label': `training loss from ${loss(values[0])} to ${loss(values.at(-1))} since this page was opened` })) svg.setAttribute(key, value);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('points', points.map(([x, y]) => `${(100 * (x - x0) / Math.max(1, x1 - x0)).toFixed(2)},${(28 - 26 * (y - low) / Math.max(1e-12, high - low)).toFixed(2)}`).join(' '));
  svg.append(line);
  return svg;
}

function run({ status, secondsLeft, secondsSilent, isStale }) {
  const training = status.training, name = `${status.model} on ${status.dataset} (${status.size} px), seed ${status.seed}`;
  return make('article', { class: isStale ? 'card stale' : 'card' },
    make('div', { class: 'row' }, make('h3', {}, name), make('span', { class: 'soft' }, `${status.recipe} · ${status.method}${status.subset === 'all' ? '' : ` · ${status.subset}`}`)),
    make('p', {}, `${status.stage}: ${status.done.toLocaleString('en')} of ${status.total.toLocaleString('en')}`),
    make('progress', { max: Math.max(1, status.total), value: status.done, 'aria-label': `${status.stage}, ${name}` }),
    make('ul', { class: 'facts' },
      fact('left of this stage', isStale ? 'unknown' : time(secondsLeft)),
      training ? fact('epoch', `${training.epoch} of ${training.epochs}`) : null,
      training ? fact('training loss', loss(training.loss)) : null,
      training?.validationAcc != null ? fact('validation ACC %', percent(training.validationAcc)) : null,
      training?.validationAuc != null ? fact('validation AUC %', percent(training.validationAuc)) : null,
      training?.validationLoss != null ? fact('validation loss', loss(training.validationLoss)) : null,
      fact('run', status.id)),
    ...status.warnings.map(text => make('p', { class: 'warn' }, text)),
    training ? curve(status) : null,
    silent(isStale, secondsSilent));
}

const row = r => make('tr', {},
  make('td', {}, r.finishedUtc.slice(0, 16).replace('T', ' ')), make('td', {}, `${r.dataset} ${r.size}`), make('td', {}, r.model), make('td', {}, `${r.recipe} · ${r.method}`),
  make('td', { class: 'n' }, r.seed), make('td', { class: 'n' }, percent(r.acc)), make('td', { class: 'n' }, percent(r.auc)), make('td', { class: 'n' }, time(r.seconds)), make('td', {}, make('code', {}, r.id)));

const fill = (id, items, empty) => by(id).replaceChildren(...(items.length ? items : [make('p', { class: 'soft' }, empty)]));

function say(text) {
  if (by('state').textContent !== text) by('state').textContent = text;
}

function show(snapshot) {
  by('store').textContent = snapshot.store;
  const alive = snapshot.running.filter(r => !r.isStale).length;
  document.title = `${alive} running, ${snapshot.finishedCount} done: ${snapshot.store}`;
  say(`${alive} running, ${snapshot.finishedCount} finished${snapshot.unreadable ? `, ${snapshot.unreadable} unreadable (medbench report says why)` : ''}`);
  fill('grids', snapshot.grids.map(grid), 'No grid is running.');
  fill('running', snapshot.running.map(run), 'No run is under way.');
  by('finished').replaceChildren(...snapshot.finished.map(row));
}

async function ask() {
  try {
    if (!document.hidden) show(await (await fetch('/progress.json')).json());
  } catch {
    say('The server does not answer: it was stopped, or its machine is asleep. The runs do not depend on it.');
  }
  setTimeout(ask, every);
}
ask();
