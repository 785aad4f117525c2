"use strict";

const root = document.documentElement;
const wanted = () => {
    try {
        return localStorage.getItem("appearance");
    } catch {
        return null; // a browser may keep nothing for files
    }
};
root.dataset.appearance = wanted() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("appearance").onclick = () => {
        root.dataset.appearance = root.dataset.appearance === "dark" ? "light" : "dark";
        try {
            localStorage.setItem("appearance", root.dataset.appearance);
        } catch {
            // it lasts as long as the page
        }
    };
    document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest" });

    const search = document.getElementById("search");
    const found = document.getElementById("found");
    let chosen = 0;

    // Names that begin with what is looked for come first, then those that contain it, then what has such a variable.
    function rank(topic, text) {
        const name = topic.name.toLowerCase();
        if (name.startsWith(text)) return 0;
        if (name.includes(text)) return 1;
        if (topic.has.toLowerCase().includes(text)) return 2;
        return topic.about.toLowerCase().includes(text) ? 3 : 4;
    }

    function element(tag, style, text) {
        const made = document.createElement(tag);
        made.className = style;
        made.textContent = text;
        return made;
    }

    function show() {
        const text = search.value.trim().toLowerCase();
        found.hidden = text === "";
        const best = topics.map(topic => [rank(topic, text), topic]).filter(([order]) => order < 4)
            .sort(([a], [b]) => a - b).slice(0, 20);
        chosen = 0;
        found.replaceChildren(...best.map(([, topic]) => {
            const line = document.createElement("li");
            const link = element("a", "", "");
            link.href = encodeURIComponent(topic.page);
            link.append(element("span", "", topic.name), element("small", "", topic.kind));
            if (topic.about) link.append(element("small", "about", topic.about));
            line.append(link);
            return line;
        }));
        if (best.length === 0) found.append(element("li", "nothing", document.body.dataset.none));
        mark();
    }

    function mark() {
        [...found.children].forEach((line, i) => line.classList.toggle("chosen", i === chosen));
        found.children[chosen]?.scrollIntoView({ block: "nearest" });
    }

    search.oninput = show;
    search.onkeydown = event => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
            chosen = Math.max(0, Math.min(found.children.length - 1, chosen + step));
            mark();
            event.preventDefault();
        } else if (event.key === "Enter") {
            found.children[chosen]?.querySelector("a")?.click();
        } else if (event.key === "Escape") {
            found.hidden = true;
            search.blur();
        }
    };
    document.addEventListener("keydown", event => {
        if (event.key === "/" && document.activeElement !== search) {
            search.focus();
            event.preventDefault();
        }
    });
    document.addEventListener("click", event => {
        if (!event.target.closest(".search")) found.hidden = true;
    });
});
