"use strict";
// Shows what is asked for: everything that it writes is text, never markup.
const graph = JSON.parse(document.getElementById("data").textContent);
const picture = document.getElementById("picture");
const stage = document.getElementById("stage");
const details = document.getElementById("details");
const about = document.getElementById("about");
const number = new Map(graph.nodes.map((node, at) => [node.id, at]));
const nodes = graph.nodes.map((node, at) => ({ ...node, at, shape: null, smells: [] }));
const edges = graph.edges.map((edge, at) => ({ ...edge, at, start: number.get(edge.from), end: number.get(edge.to), shape: null }));
for (const shape of picture.querySelectorAll("[data-node]")) nodes[Number(shape.dataset.node)].shape = shape;
for (const shape of picture.querySelectorAll("[data-edge]")) edges[Number(shape.dataset.edge)].shape = shape;
for (const smell of graph.smells) for (const id of smell.nodes) nodes[number.get(id)].smells.push(smell);
const files = nodes.map(() => new Set());
for (const edge of edges) for (const sign of edge.signs) files[edge.start].add(sign.path);
for (const node of nodes) {
  node.words = [node.id, node.name, node.image, node.namespace, node.owner, node.path, ...files[node.at]]
    .filter(Boolean).join("\n").toLowerCase();
}
const strong = new Map(edges.filter((edge) => edge.kind !== "order").map((edge) => [`${edge.start} ${edge.end}`, edge]));
const sorted = (words) => [...new Set(words)].sort((a, b) => bytes(a, b));
const namespaces = sorted(nodes.map((node) => node.namespace).filter((name) => name !== null));
const rules = sorted(graph.smells.map((smell) => smell.rule));

// As the page was written: by code points, not by UTF-16.
function bytes(a, b) {
  const [one, other] = [[...a], [...b]];
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const gap = one[at].codePointAt(0) - other[at].codePointAt(0);
    if (gap !== 0) return gap;
  }
  return one.length - other.length;
}

// What is looked at: numbers of nodes and edges, and the node, edge or smell whose details are shown.
let chosen = null;
let hovered = null;

function around(what) {
  if (what === null) return null;
  if (what.node !== undefined) {
    const near = edges.filter((edge) => edge.start === what.node || edge.end === what.node);
    return { nodes: new Set([what.node, ...near.flatMap((edge) => [edge.start, edge.end])]), edges: new Set(near.map((edge) => edge.at)) };
  }
  if (what.edge !== undefined) {
    return { nodes: new Set([edges[what.edge].start, edges[what.edge].end]), edges: new Set([what.edge]) };
  }
  const ids = new Set(graph.smells[what.smell].nodes.map((id) => number.get(id)));
  return { nodes: ids, edges: new Set(edges.filter((edge) => ids.has(edge.start) && ids.has(edge.end)).map((edge) => edge.at)) };
}

function picked(name) {
  return new Set([...document.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
}

function value(id) {
  const element = document.getElementById(id);
  return element === null ? "" : element.value;
}

function apply() {
  const [nodeKinds, edgeKinds] = [picked("node"), picked("edge")];
  const [find, namespace, smell] = [value("find").trim().toLowerCase(), value("namespace"), value("smell")];
  const focus = around(hovered ?? chosen);
  for (const node of nodes) {
    node.gone = !nodeKinds.has(node.kind);
    const wanted =
      (find === "" || node.words.includes(find)) &&
      (namespace === "" || node.namespace === namespaces[Number(namespace)]) &&
      (smell === "" || node.smells.some((one) => smell === "*" || one.rule === rules[Number(smell)]));
    node.wanted = wanted;
    node.shape.classList.toggle("gone", node.gone);
    node.shape.classList.toggle("faint", focus === null ? !wanted : !focus.nodes.has(node.at));
    node.shape.classList.toggle("chosen", chosen !== null && chosen.node === node.at);
  }
  const narrowed = find !== "" || namespace !== "" || smell !== "";
  for (const edge of edges) {
    if (edge.shape === null) continue;
    const [start, end] = [nodes[edge.start], nodes[edge.end]];
    const off = (one) => !edgeKinds.has(one.kind) || (one.confidence === "low" && !edgeKinds.has("low"));
    // That one starts after another goes without saying where it calls it.
    const better = edge.kind === "order" ? strong.get(`${edge.start} ${edge.end}`) : undefined;
    const hidden = off(edge) || (better !== undefined && !off(better));
    edge.shape.classList.toggle("gone", hidden || start.gone || end.gone);
    const wanted = !narrowed || start.wanted || end.wanted;
    edge.shape.classList.toggle("faint", focus === null ? !wanted : !focus.edges.has(edge.at));
    edge.shape.classList.toggle("chosen", chosen !== null && chosen.edge === edge.at);
  }
}

// Signs that show nothing, or turn their neighbours around, in a form that is seen.
const HIDDEN =
  /[\p{Cc}\u00ad\u034f\u061c\u180e\ufeff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function make(tag, text, children = []) {
  const element = document.createElement(tag);
  if (text !== null) element.textContent = text.replace(HIDDEN, (sign) => `\\u{${sign.codePointAt(0).toString(16)}}`);
  element.append(...children);
  return element;
}

function place(what) {
  return `${what.path}:${what.span.start.line}:${what.span.start.column}`;
}

function button(text, what) {
  const element = make("button", text);
  element.type = "button";
  element.addEventListener("click", () => {
    choose(what);
    reveal();
  });
  return element;
}

function signs(edge) {
  const list = edge.signs.map((sign) => make("code", `${place(sign)}  ${sign.key ?? sign.signal}: ${sign.text}`));
  return list.length === 0 ? [make("code", "declared in the config")] : list;
}

function edgeItem(edge, other) {
  const title = `${other} (${edge.kind}, ${edge.confidence} confidence)`;
  return make("li", null, [button(title, { edge: edge.at }), ...signs(edge)]);
}

function smellItem(smell) {
  return make("li", null, [button(`${smell.rule}: ${smell.message}`, { smell: graph.smells.indexOf(smell) }), make("code", place(smell))]);
}

function facts(pairs) {
  const known = pairs.filter(([, fact]) => fact !== null && fact !== undefined && fact !== "");
  return make("dl", null, known.flatMap(([name, fact]) => [make("dt", name), make("dd", String(fact))]));
}

function part(title, items) {
  return items.length === 0 ? [] : [make("h2", title), make("ul", null, items)];
}

function ofNode(node) {
  const measured = (graph.metrics?.systems ?? []).flatMap((system) => system.components).find((one) => one.nodes.includes(node.id));
  const percent = (share) => (share === null || share === undefined ? null : `${Math.round(share * 100)} %`);
  return [
    make("h2", node.id),
    facts([
      ["kind", node.kind], ["namespace", node.namespace], ["system", node.system], ["image", node.image], ["owner", node.owner],
      ["replicas", node.replicas], ["reached from outside", node.exposed ? "yes" : null], ["ends by itself", node.once ? "yes" : null],
      ["declared", node.path === null ? null : place(node)], ["called by", measured?.fan_in], ["calls", measured?.fan_out],
      ["instability", measured?.instability], ["needed by", percent(measured?.blast_radius)],
    ]),
    ...part("Hints", node.smells.map(smellItem)),
    ...part("Depends on", edges.filter((edge) => edge.start === node.at).map((edge) => edgeItem(edge, edge.to))),
    ...part("Needed by", edges.filter((edge) => edge.end === node.at).map((edge) => edgeItem(edge, edge.from))),
  ];
}

function ofEdge(edge) {
  return [
    make("h2", `${edge.from} → ${edge.to}`),
    facts([["kind", edge.kind], ["confidence", edge.confidence]]),
    ...part("Signs", signs(edge).map((code) => make("li", null, [code]))),
    ...part("Ends", [edge.start, edge.end].map((at) => make("li", null, [button(nodes[at].id, { node: at })]))),
  ];
}

function ofSmell(smell) {
  return [
    make("h2", smell.rule),
    make("p", smell.message),
    make("code", place(smell)),
    ...part("About", smell.nodes.map((id) => make("li", null, [button(id, { node: number.get(id) })]))),
  ];
}

function choose(what) {
  chosen = what;
  hovered = null;
  about.hidden = what !== null;
  details.hidden = what === null;
  details.replaceChildren();
  if (what !== null) {
    const close = button("close", null);
    close.className = "close";
    const content =
      what.node !== undefined ? ofNode(nodes[what.node])
      : what.edge !== undefined ? ofEdge(edges[what.edge])
      : ofSmell(graph.smells[what.smell]);
    details.append(close, ...content);
    details.parentElement.scrollTop = 0;
  }
  apply();
}

// Brings what is chosen into view; lists lead to what may be far away.
function reveal() {
  const near = around(chosen);
  if (near === null) return;
  const first = chosen.node ?? [...near.nodes][0];
  if (first !== undefined) nodes[first].shape.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function meant(event) {
  const shape = event.target.closest?.("[data-node], [data-edge]");
  if (!shape) return null;
  return shape.dataset.node !== undefined ? { node: Number(shape.dataset.node) } : { edge: Number(shape.dataset.edge) };
}

let scale = 1;
function zoom(to) {
  const { width, height } = picture.viewBox.baseVal;
  const before = scale;
  scale = Math.min(4, Math.max(0.1, to));
  const [x, y] = [stage.scrollLeft + stage.clientWidth / 2, stage.scrollTop + stage.clientHeight / 2];
  picture.setAttribute("width", String(width * scale));
  picture.setAttribute("height", String(height * scale));
  stage.scrollTo((x * scale) / before - stage.clientWidth / 2, (y * scale) / before - stage.clientHeight / 2);
}

// The whole picture, unless its names would be too small to read: then as wide as the window.
function fit() {
  const { width, height } = picture.viewBox.baseVal;
  const [wide, high] = [(stage.clientWidth - 32) / width, (stage.clientHeight - 32) / height];
  const whole = Math.min(wide, high, 1.4);
  zoom(whole >= 0.7 ? whole : Math.min(1, Math.max(0.7, wide)));
  stage.scrollTo(0, 0);
}

picture.addEventListener("click", (event) => choose(meant(event)));
picture.addEventListener("pointerover", (event) => {
  const what = meant(event);
  if (what !== null || hovered !== null) {
    hovered = what;
    apply();
  }
});
picture.addEventListener("pointerleave", () => {
  hovered = null;
  apply();
});
picture.addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(meant(event));
  }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select");
  if (event.key === "Escape") choose(null);
  else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find").focus();
  } else if (event.key === "+") zoom(scale * 1.25);
  else if (event.key === "-") zoom(scale / 1.25);
  else if (event.key === "0") fit();
});
about.addEventListener("click", (event) => {
  const smell = event.target.closest?.("[data-smell]");
  if (!smell) return;
  choose({ smell: Number(smell.dataset.smell) });
  reveal();
});
const filters = document.getElementById("filters");
filters.addEventListener("input", apply);
filters.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("in").addEventListener("click", () => zoom(scale * 1.25));
document.getElementById("out").addEventListener("click", () => zoom(scale / 1.25));
document.getElementById("fit").addEventListener("click", fit);
fit();
apply();
