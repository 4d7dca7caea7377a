// What the pages gain where scripts run; without them, everything works as well.
(() => {
  "use strict";
  const page = () => document.getElementById("page");
  // The pages of this tab, to which Back and Forward return as they were left. Nothing of them is written anywhere.
  const pages = [];
  let shown = 0;

  function add(tag, parent, properties) {
    return parent.appendChild(Object.assign(document.createElement(tag), properties));
  }

  function tell(text, milliseconds) {
    const said = document.getElementById("said");
    said.textContent = text;
    if (milliseconds) setTimeout(() => said.textContent === text && (said.textContent = ""), milliseconds);
  }

  // A button beside each title that copies the link to its part.
  function offerLinks(root) {
    if (!navigator.clipboard) return;
    const { link, copy, copied } = root.dataset;
    for (const title of root.querySelectorAll("main h2[id], .foot h2[id]")) {
      const name = title.querySelector("a.self");
      if (!name || title.querySelector("button")) continue;
      name.id = `${title.id}-title`;
      // The button stands in the title, but is no part of its name.
      title.setAttribute("aria-labelledby", name.id);
      const button = add("button", title, { type: "button", className: "copy", textContent: copy });
      button.setAttribute("aria-describedby", name.id);
      button.addEventListener("click", async () => {
        const address = new URL(link || location.pathname + location.search, location.origin);
        address.hash = title.id;
        await navigator.clipboard.writeText(address.href);
        tell(copied, 8000);
      });
    }
  }

  function arrive() {
    const now = page();
    pages[shown] = { node: now, title: document.title };
    document.documentElement.lang = now.lang;
    offerLinks(now);
  }

  document.addEventListener("htmx:afterSettle", () => {
    if (page() === pages[shown].node) return;
    pages.length = ++shown;
    arrive();
    // The address may name the part to look at, as a copied link does.
    const place = document.getElementById(location.hash.slice(1));
    history.pushState({ page: shown }, "", location.href);
    (place || document.documentElement).scrollIntoView({ behavior: "instant" });
    document.getElementById("main").focus({ preventScroll: true });
  });

  window.addEventListener("popstate", (event) => {
    const number = event.state?.page;
    // A place on the page that is shown has no number yet.
    if (number === undefined || number === shown) return;
    if (!pages[number]) {
      location.reload();
      return;
    }
    page().replaceWith(pages[number].node);
    shown = number;
    document.title = pages[number].title;
    document.documentElement.lang = page().lang;
    htmx.process(page());
  });

  window.addEventListener("hashchange", () => {
    if (history.state?.page === undefined) history.replaceState({ page: shown }, "");
  });

  // Waiting and its end are told; a search as one types is too quick for it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const busy = event.target.querySelector(".busy");
    if (busy) busy.textContent = busy.dataset.said;
    tell("");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const busy = event.target.querySelector(".busy");
    if (busy) busy.textContent = "";
  });
  document.addEventListener("htmx:sendError", () => {
    tell(page().dataset.unreachable);
  });

  // Told before it is sent: a server that refuses a file in the middle can't be heard.
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type !== "file") return;
    const tooLarge = [...field.files].some((file) => file.size > field.dataset.limit);
    field.setCustomValidity(tooLarge ? field.dataset.tooLarge : "");
    field.reportValidity();
  });

  // htmx notes the address of the page, which may hold what was searched for.
  sessionStorage.removeItem("htmx-current-path-for-history");
  history.replaceState({ page: shown }, "");
  arrive();
})();
