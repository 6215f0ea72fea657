// The launcher without any framework, with the portal's own tile markup and style sheet: what the portal is measured
// against in the same run. `all` keeps every tile in the document; `blocks` keeps blocks of two rows near the view,
// pooled and refilled, at most two new ones a frame when far from it. Grid, search, category filter and counts work as
// in the portal, so that a wrong number of tiles would be seen.

const paths = [
  'M12 12V21M12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM13 8l5-5M14 11l6 3M10 11l-6 3',
  'M4 6h16v10H4ZM4 11h16M9 6v10M15 6v10M12 16v4M8 20h8',
  'M3 15c3-3 6 3 9 0s6-3 9 0M3 20c3-3 6 3 9 0s6-3 9 0M8 11l4-7 4 7',
  'M7 8h10v13H7ZM10 5h4v3h-4ZM11 12l-1 3h4l-1 3',
];
const grid = document.querySelector('[role=list]');
const chips = document.querySelector('.chips');
const status = document.querySelector('[role=status]');
const box = document.querySelector('input');
const collator = new Intl.Collator('en-US');

const element = (name, className, parent) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  parent?.append(made);
  return made;
};

/** A cell with an empty tile, and the places to fill. */
const makeCell = () => {
  const cell = element('div', 'cell');
  cell.setAttribute('role', 'listitem');
  const tile = element('a', 'tile', cell);
  const mark = element('span', 'mark', tile);
  mark.setAttribute('aria-hidden', 'true');
  mark.innerHTML = '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path></path></svg>';
  const text = element('span', 'tile-text', tile);
  const name = element('bdi', '', element('span', 'tile-name', text));
  const kind = element('bdi', '', element('span', 'tile-kind', text));
  const about = element('span', '', element('span', 'tile-about', text));
  about.dir = 'auto';
  return { cell, tile, mark, path: mark.querySelector('path'), name, kind, about };
};

const fillCell = (parts, entry, place, size) => {
  parts.cell.setAttribute('aria-setsize', size);
  parts.cell.setAttribute('aria-posinset', place + 1);
  parts.tile.href = `/portal/${encodeURIComponent(entry.id)}`;
  parts.tile.tabIndex = place === 0 ? 0 : -1;
  parts.mark.dataset.category = entry.category;
  parts.mark.dataset.variant = entry.variant;
  parts.path.setAttribute('d', paths[entry.category % paths.length]);
  parts.name.textContent = entry.name;
  parts.name.parentElement.title = entry.name;
  parts.kind.textContent = entry.categoryName;
  parts.about.textContent = entry.description;
};

/** Every tile in the document; a filter takes out and puts back. */
const all = () => {
  let cells = [];
  return {
    begin(entries) {
      cells = entries.map((entry, place) => {
        const parts = makeCell();
        fillCell(parts, entry, place, entries.length);
        return parts;
      });
    },
    show(shown) {
      grid.replaceChildren(
        ...shown.map((entry, place) => {
          const { cell } = cells[entry.index];
          cell.setAttribute('aria-setsize', shown.length);
          cell.setAttribute('aria-posinset', place + 1);
          return cell;
        }),
      );
    },
  };
};

/** Blocks of two rows, only those near the view. */
const blocks = () => {
  const near = 900;
  const live = new Map();
  const pool = [];
  let entries = [];
  let columns = 1;
  let row = 1;
  let waiting = 0;
  const measure = () => {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => Number.parseFloat(style.getPropertyValue(name));
    const [height, least, gap] = [value('--tile-h'), value('--tile-min'), value('--tile-gap')];
    columns = innerWidth <= 720 ? 1 : Math.max(1, Math.floor((grid.clientWidth + gap) / (least + gap)));
    row = height + gap;
    grid.style.setProperty('--cols', columns);
    grid.style.blockSize = `${Math.ceil(entries.length / columns) * row - gap}px`;
  };
  const fill = (block, index) => {
    const first = index * 2 * columns;
    const count = Math.min(2 * columns, entries.length - first);
    while (block.parts.length < count) {
      const parts = makeCell();
      block.parts.push(parts);
      block.node.append(parts.cell);
    }
    block.parts.forEach((parts, at) => {
      parts.cell.hidden = at >= count;
      if (at < count) fillCell(parts, entries[first + at], first + at, entries.length);
    });
    block.node.style.transform = `translateY(${index * 2 * row}px)`;
  };
  const update = (everything) => {
    const top = scrollY - grid.offsetTop;
    const from = Math.max(0, Math.floor((top - near) / (2 * row)));
    const to = Math.min(Math.ceil(entries.length / columns / 2), Math.ceil((top + innerHeight + near) / (2 * row)));
    for (const [index, block] of live) {
      if (index >= from && index < to) continue;
      live.delete(index);
      pool.push(block);
    }
    let made = 0;
    for (let index = from; index < to; index += 1) {
      if (live.has(index)) continue;
      const inView = index * 2 * row < top + innerHeight && (index + 1) * 2 * row > top;
      if (!everything && !inView && made >= 2) {
        if (!waiting) waiting = requestAnimationFrame(() => ((waiting = 0), update(false)));
        break;
      }
      made += 1;
      const block = pool.pop() ?? { node: element('div', 'block'), parts: [] };
      block.node.setAttribute('role', 'none');
      fill(block, index);
      if (!block.node.isConnected) grid.append(block.node);
      live.set(index, block);
    }
    for (const block of pool) block.node.remove();
  };
  addEventListener('scroll', () => update(false), { passive: true });
  addEventListener('resize', () => (measure(), live.forEach((block, index) => fill(block, index)), update(true)));
  return {
    begin() {},
    show(shown) {
      entries = shown;
      pool.push(...live.values());
      live.clear();
      measure();
      update(true);
    },
  };
};

const token = sessionStorage.getItem('bench.token') ?? '';
const reply = await fetch('/app-portal-service/v2.2/user/app/list', {
  headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
  cache: 'no-store',
});
const { data } = await reply.json();
const entries = data.apps
  .map((one) => ({
    id: one.id,
    order: one.order ?? Infinity,
    name: one.nameJson?.en_US ?? one.name,
    key: Object.values(one.nameJson ?? { name: one.name }).concat(one.code ?? '').join('\n').toLowerCase(),
    description: one.description ?? '',
    category: one.category.id,
    categoryName: one.category.name,
    variant: one.id.length % 8,
  }))
  .sort((a, b) => a.order - b.order || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
  .map((entry, index) => ({ ...entry, index }));

const view = document.documentElement.dataset.peer === 'blocks' ? blocks() : all();
let category = null;
const categories = new Map(entries.map((entry) => [entry.category, entry.categoryName]));
const buttons = new Map(
  [[null, 'All'], ...categories].map(([id, name]) => {
    const button = element('button', 'chip', chips);
    element('bdi', '', button).textContent = name;
    button.append(' ');
    const count = element('span', 'count', button);
    button.addEventListener('click', () => {
      category = category === id ? null : id;
      show();
    });
    return [id, { button, count }];
  }),
);
const show = () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = words.length === 0 ? entries : entries.filter((entry) => words.every((word) => entry.key.includes(word)));
  const counts = new Map();
  for (const hit of hits) counts.set(hit.category, (counts.get(hit.category) ?? 0) + 1);
  for (const [id, { button, count }] of buttons) {
    button.setAttribute('aria-pressed', id === category);
    count.textContent = (id === null ? hits.length : (counts.get(id) ?? 0)).toLocaleString('en-US');
  }
  const shown = category === null ? hits : hits.filter((hit) => hit.category === category);
  const [some, total] = [shown.length.toLocaleString('en-US'), entries.length.toLocaleString('en-US')];
  status.textContent = shown.length === entries.length ? `${total} applications` : `${some} of ${total} applications`;
  view.show(shown);
};
box.addEventListener('input', show);
view.begin(entries);
show();
