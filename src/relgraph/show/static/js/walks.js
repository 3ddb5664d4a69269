// Walks over the graph: what lies within some steps, shortest paths, what two share. `next` gives the neighbours of an id.

export function within(start, hops, next) {
  const found = new Map([[start, 0]]);
  let rim = [start];
  for (let step = 1; step <= hops; step++) {
    const further = [];
    for (const id of rim) for (const other of next(id)) if (!found.has(other)) { found.set(other, step); further.push(other); }
    rim = further;
  }
  return found;
}

// All shortest paths, each a list of ids; at most `most` of them, in a fixed order.
export function shortestPaths(from, to, next, most = 30) {
  if (from === to) return [[from]];
  const distance = new Map([[from, 0]]), before = new Map();
  let rim = [from];
  while (rim.length && !distance.has(to)) {
    const further = [];
    for (const id of rim) {
      for (const other of next(id)) {
        if (!distance.has(other)) { distance.set(other, distance.get(id) + 1); before.set(other, []); further.push(other); }
        if (distance.get(other) === distance.get(id) + 1) before.get(other).push(id);
      }
    }
    rim = further;
  }
  if (!distance.has(to)) return [];
  let paths = [[to]];
  while (paths[0][0] !== from) paths = paths.flatMap((path) => [...new Set(before.get(path[0]))].sort().map((id) => [id, ...path])).slice(0, most);
  return paths;
}

export function commonNeighbours(a, b, next) {
  const own = new Set(next(a));
  return [...new Set(next(b))].filter((id) => own.has(id) && id !== a && id !== b).sort();
}
