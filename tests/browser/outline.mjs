// What assistive technology gets: the browser's own accessibility tree, as text, one line for each thing that is not
// plain text: role, name, then states and description.
const states = ["checked", "required", "invalid", "disabled", "level", "multiline", "haspopup", "hasPopup", "expanded", "live"];
const passed = new Set(["generic", "none", "InlineTextBox", "LineBreak", "paragraph", "ListMarker", "LabelText", "Legend",
  "strong", "emphasis", "time", "term", "MenuListPopup", "option", "DisclosureTriangle"]);
// The parts of a browser's own date field are the browser's business.
const closed = new Set(["Date", "DateTime", "InputTime", "textbox", "button", "link", "checkbox", "radio", "heading"]);

function line(node) {
  const properties = Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value]));
  const said = states.filter((state) => properties[state] !== undefined && ![false, "false", ""].includes(properties[state]) ||
    state === "checked" && properties[state] !== undefined)
    .map((state) => `${state}=${properties[state]}`);
  const words = (text) => JSON.stringify(text.replace(/\s+/g, " ").trim());
  return [node.role.value, node.name?.value ? words(node.name.value) : null,
    ...said, node.value?.value ? `value=${words(String(node.value.value))}` : null,
    node.description?.value ? `description=${words(node.description.value)}` : null].filter(Boolean).join(" ");
}

// The nodes of the tree that are not ignored: `{role, name, description, properties, parents}`, in order.
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return new Map(nodes.map((node) => [node.nodeId, node]));
}

// Calls `visit(node, depth, ancestors)` for each thing of the tree, from the top down.
export async function each(page, visit) {
  const nodes = await tree(page);
  const go = (node, depth, ancestors) => {
    const role = node.role?.value, shown = !node.ignored && !passed.has(role);
    if (shown) visit(node, depth, ancestors);
    if (shown && closed.has(role)) return;
    for (const id of node.childIds ?? [])
      if (nodes.has(id)) go(nodes.get(id), depth + shown, shown ? [...ancestors, node] : ancestors);
  };
  go([...nodes.values()].find((node) => !node.parentId), 0, []);
}

export async function outline(page) {
  const lines = [];
  await each(page, (node, depth) => {
    if (node.role.value !== "StaticText" || node.name?.value.trim()) lines.push(`${"  ".repeat(depth)}${line(node)}`);
  });
  return `${lines.join("\n")}\n`;
}
