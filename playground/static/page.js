"use strict";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const link of document.querySelectorAll("a[data-spot]")) {
  link.href += "?timezone=" + encodeURIComponent(zone);
}

const toast = document.getElementById("toast");
let toastTimer;

function say(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 1600);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say("Copied");
    } catch {
      say("Not copied: the browser does not allow it");
    }
  });
}

const list = document.getElementById("happenings");
const next = document.getElementById("next");
const quiet = document.getElementById("quiet");
let latest = 0;

function row(happening) {
  const item = document.createElement("li");
  const about = document.createElement("small");
  const time = document.createElement("time");
  const when = new Date(happening.at);
  time.dateTime = happening.at;
  time.textContent = when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const place = document.createElement("a");
  place.href = "/open/" + happening.spot + "?timezone=" + encodeURIComponent(zone);
  place.target = "hoopoe-discord";
  place.textContent = happening.place;
  about.append(time, happening.is_answer ? " · answered in " : " · posted in ", place);
  item.append(about, happening.text);
  return item;
}

function show(state) {
  for (const happening of state.happenings) {
    list.prepend(row(happening));
    latest = happening.number;
  }
  while (list.children.length > 12) list.lastElementChild.remove();
  quiet.hidden = latest > 0;
  next.hidden = state.next_in === null;
  next.textContent = state.next_in > 0
    ? `The next sample paper appears in about ${state.next_in} s.`
    : "A new sample paper is on its way.";
  for (const link of document.querySelectorAll(".places a")) {
    if (link.dataset.spot === state.shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const nextDay = document.getElementById("next-day");
nextDay.addEventListener("click", async () => {
  nextDay.disabled = true;
  try {
    const answer = await fetch("/next-day", { method: "POST" });
    say(answer.ok ? "A day later" : "The day did not pass");
  } catch {
    say("The playground has ended");
  }
  nextDay.disabled = false;
});

async function look() {
  try {
    const answer = await fetch("/state?after=" + latest, { cache: "no-store" });
    show(await answer.json());
  } catch {
    next.hidden = false;
    next.textContent = "The playground has ended. Start it again with: hoopoe playground";
  }
  setTimeout(look, 2000);
}

look();
