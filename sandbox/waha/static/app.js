"use strict";
// A plain group chat over the control routes. Text enters the page through textContent alone.
const $ = (id) => document.getElementById(id);
const invented = [
  { id: "100000000000001@lid", name: "Lupita (Tienda 45)" },
  { id: "100000000000002@lid", name: "Beto (Tienda 12)" },
  { id: "100000000000003@lid", name: "Soporte Ana" },
];
let chats = [];
let messages = [];
let quoted = null;

async function call(path, body) {
  const answer = await fetch(path, body && {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`El servidor respondió ${answer.status}`);
  return answer.json();
}

function shielded(act) {
  return (...given) => Promise.resolve(act(...given))
    .then(() => { $("problem").textContent = ""; })
    .catch((error) => { $("problem").textContent = error.message; });
}

function element(tag, text, parent) {
  const made = document.createElement(tag);
  made.textContent = text;
  parent.append(made);
  return made;
}

function fill(select, options, chosen) {
  select.replaceChildren();
  for (const { id, name } of options) element("option", name, select).value = id;
  if (options.some(({ id }) => id === chosen)) select.value = chosen;
}

const digits = (count) => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join("");

function showPeople(chosen) {
  const here = chats.find(({ chat }) => chat === $("chat").value)?.people ?? [];
  const others = invented.filter(({ id }) => !here.some((person) => person.id === id));
  fill($("person"), [...here, ...others], chosen ?? $("person").value);
}

function showMessages() {
  const area = $("messages");
  area.replaceChildren();
  for (const message of messages) {
    const box = element("article", "", area);
    box.tabIndex = 0;
    box.title = "Citar este mensaje";
    box.classList.toggle("me", message.from_me);
    element("strong", message.name || message.from, box);
    const original = message.quote && messages.find(({ id }) => id === message.quote);
    if (original) element("blockquote", original.text || "[foto]", box);
    if (message.revoked) element("em", "Se eliminó este mensaje", box);
    else {
      if (message.media?.mimetype.startsWith("image/")) {
        const image = element("img", "", box);
        image.src = message.media.url;
        image.alt = message.text || "foto";
      } else if (message.media) element("em", message.media.filename || "[archivo]", box);
      element("span", message.text, box);
    }
    const time = new Date(message.at * 1000).toLocaleTimeString("es", { hour: "2-digit", minute: "2-digit" });
    const reactions = Object.values(message.reactions).join(" ");
    element("small", [reactions, message.edited ? "editado" : "", time].join(" ").trim(), box);
    const choose = () => quote(message);
    box.addEventListener("click", choose);
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
  }
  area.scrollTop = area.scrollHeight;
}

function quote(message) {
  quoted = message;
  $("quoting").hidden = !message;
  $("quoting").firstElementChild.textContent = message ? `Citando: ${message.text || "[foto]"}` : "";
  if (message) $("text").focus();
}

async function loadChat() {
  const chat = $("chat").value;
  messages = (await call(`/sandbox/chats/${encodeURIComponent(chat)}`)).messages;
  quote(null);
  showPeople();
  showMessages();
}

async function loadChats() {
  const known = await call("/sandbox/chats");
  chats = [...known, ...chats.filter((mine) => !known.some(({ chat }) => chat === mine.chat))];
  if (!chats.length) chats = [{ chat: "120363000000000001@g.us", name: "Tiendas Norte", people: [] }];
  fill($("chat"), chats.map(({ chat, name }) => ({ id: chat, name })), $("chat").value);
  await loadChat();
}

function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(new Error("No se pudo leer la foto"));
    reader.readAsDataURL(file);
  });
}

async function send(event) {
  event.preventDefault();
  const file = $("photo").files[0];
  const text = $("text").value.trim();
  if (!text && !file) return;
  const body = {
    chat: $("chat").value, chat_name: $("chat").selectedOptions[0].textContent,
    from: $("person").value, name: $("person").selectedOptions[0].textContent, text,
  };
  if (quoted) body.quote = quoted.id;
  if (file) body.media = { base64: await read(file), mimetype: file.type, filename: file.name };
  await call("/sandbox/say", body);
  $("text").value = "";
  $("photo").value = "";
  quote(null);
}

function addChat() {
  const name = window.prompt("Nombre del grupo")?.trim();
  if (!name) return undefined;
  chats.push({ chat: `120363${digits(12)}@g.us`, name, people: [] });
  fill($("chat"), chats.map((one) => ({ id: one.chat, name: one.name })), chats.at(-1).chat);
  return loadChat();
}

function addPerson() {
  const name = window.prompt("Nombre de la persona")?.trim();
  if (!name) return;
  invented.push({ id: `1${digits(14)}@lid`, name });
  showPeople(invented.at(-1).id);
}

function hear({ data }) {
  const { chat, message } = JSON.parse(data);
  if (!chats.some((known) => known.chat === chat)) { shielded(loadChats)(); return; }
  if (chat !== $("chat").value) return;
  const place = messages.findIndex(({ id }) => id === message.id);
  if (place < 0) messages.push(message); else messages[place] = message;
  showMessages();
}

$("compose").addEventListener("submit", shielded(send));
$("unquote").addEventListener("click", () => quote(null));
$("chat").addEventListener("change", shielded(loadChat));
$("add-chat").addEventListener("click", shielded(addChat));
$("add-person").addEventListener("click", addPerson);
const stream = new EventSource("/sandbox/events");
stream.addEventListener("message", hear);
stream.addEventListener("open", shielded(loadChats));
