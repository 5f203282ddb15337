// Lineage graphs: focus on a node and what it comes from and leads to, zoom, and move about.
"use strict";
(() => {
  const scales = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2, 3];

  class Graph {
    constructor(box) {
      this.tools = box.querySelector(".graph-tools");
      this.frame = box.querySelector(".drawing");
      this.svg = this.frame.querySelector("svg");
      this.status = box.querySelector(".graph-status");
      this.size = ["width", "height"].map((side) => Number(this.svg.getAttribute(side)));
      this.nodes = [...this.svg.querySelectorAll("[data-node]")];
      this.edges = [...this.svg.querySelectorAll("[data-child]")].map((path) => ({
        path, child: Number(path.dataset.child), parent: Number(path.dataset.parent),
      }));
      this.focused = null;
      this.prepare();
      this.listen();
    }

    /** Parts of an image cannot be focused; those of a group can. */
    prepare() {
      this.svg.setAttribute("role", "group");
      for (const [index, node] of this.nodes.entries()) {
        node.setAttribute("role", "button");
        node.setAttribute("aria-pressed", "false");
        // One stop for the tab key; arrows lead on from there.
        node.setAttribute("tabindex", index === 0 ? "0" : "-1");
      }
      this.tools.hidden = false;
      this.tell();
    }

    listen() {
      this.svg.addEventListener("click", (event) => {
        const node = event.target.closest("[data-node]");
        if (node) this.toggle(node);
      });
      this.svg.addEventListener("keydown", (event) => this.nodeKey(event));
      this.frame.addEventListener("keydown", (event) => this.frameKey(event));
      this.frame.addEventListener("wheel", (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.step(event.deltaY < 0 ? 1 : -1, event);
      }, { passive: false });
      this.tools.addEventListener("change", () => this.draw());
      this.tools.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) this.do(button.dataset.do);
      });
      this.drag();
    }

    // Focus

    toggle(node) {
      this.focused = this.focused === node ? null : node;
      this.draw();
    }

    /** The focused node and what is within some steps of it, by the wanted directions. */
    near() {
      const direction = this.tools.querySelector(".direction").value;
      const hops = Number(this.tools.querySelector(".hops").value || Infinity);
      const start = this.nodes.indexOf(this.focused);
      const near = new Set([start]);
      const walk = (from, to) => {
        let front = new Set([start]);
        const seen = new Set(front);
        for (let hop = 0; hop < hops && front.size; hop++) {
          const next = new Set();
          for (const edge of this.edges) {
            if (front.has(edge[from]) && !seen.has(edge[to])) next.add(edge[to]);
          }
          for (const one of next) seen.add(one), near.add(one);
          front = next;
        }
      };
      if (direction !== "down") walk("child", "parent");
      if (direction !== "up") walk("parent", "child");
      return near;
    }

    draw() {
      const near = this.focused ? this.near() : null;
      for (const [index, node] of this.nodes.entries()) {
        node.classList.toggle("away", near !== null && !near.has(index));
        node.classList.toggle("focused", node === this.focused);
        node.setAttribute("aria-pressed", String(node === this.focused));
      }
      for (const { path, child, parent } of this.edges) {
        path.classList.toggle("away", near !== null && !(near.has(child) && near.has(parent)));
      }
      this.tell(near);
    }

    tell(near = null) {
      const all = this.nodes.length;
      const kept = this.nodes.filter((_, index) => near === null || near.has(index));
      const count = (name) => kept.filter((node) => node.classList.contains(name)).length;
      const said = [near === null ? `${all} nodes` : `${kept.length} of ${all} nodes`];
      const [gaps, fails] = [count("gap"), count("outcome-fail")];
      if (fails) said.push(`✗ ${fails} failing`);
      if (gaps) said.push(`! ${gaps} ${gaps === 1 ? "gap" : "gaps"}`);
      const name = this.focused?.querySelector("title").textContent;
      this.status.textContent = (name ? `${name} · ` : "") + said.join(", ");
    }

    nodeKey(event) {
      const node = event.target.closest?.("[data-node]");
      if (!node) return;
      if (event.key === "Enter" || event.key === " ") this.toggle(node);
      else if (event.key.startsWith("Arrow")) this.move(node, event.key);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    /** To the nearest box that way. */
    move(node, key) {
      const middle = (one) => {
        const box = one.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      };
      const [x, y] = middle(node);
      const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
      const way = ways[key];
      let best = null;
      for (const other of this.nodes) {
        if (other === node) continue;
        const [dx, dy] = middle(other).map((value, axis) => value - [x, y][axis]);
        const ahead = dx * way[0] + dy * way[1];
        const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
        if (ahead < 4) continue;
        const cost = ahead + aside * 2;
        if (!best || cost < best.cost) best = { other, cost };
      }
      if (!best) return;
      node.setAttribute("tabindex", "-1");
      best.other.setAttribute("tabindex", "0");
      best.other.focus();
    }

    // Zoom and moving about: the frame scrolls, so that touch and the arrow keys work as everywhere.

    frameKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const name = { "+": "in", "=": "in", "-": "out", 0: "reset", f: "fit", Escape: "reset" }[event.key];
      if (!name) return;
      event.preventDefault();
      this.do(name);
    }

    do(name) {
      if (name === "in") this.step(1);
      if (name === "out") this.step(-1);
      if (name === "fit") this.zoom(Math.min(1, (this.frame.clientWidth - 24) / this.size[0]));
      if (name === "reset") {
        this.focused = null;
        this.zoom(1);
        this.svg.classList.remove("zoomed");
        this.frame.scrollTo(0, 0);
        this.draw();
      }
    }

    /** Until somebody zooms, a drawing that is somewhat wide is somewhat smaller. */
    get scale() { return this.svg.getBoundingClientRect().width / this.size[0]; }

    step(way, point) {
      const now = this.scale;
      const next = way > 0 ? scales.find((one) => one > now + 0.01) : scales.findLast((one) => one < now - 0.01);
      if (next) this.zoom(next, point);
    }

    /** Keeps what is under `point`, or in the middle, where it is. */
    zoom(scale, point) {
      const frame = this.frame.getBoundingClientRect();
      const at = point ? [point.clientX - frame.x, point.clientY - frame.y] : [frame.width / 2, frame.height / 2];
      const before = [this.frame.scrollLeft + at[0], this.frame.scrollTop + at[1]];
      const factor = scale / this.scale;
      this.svg.classList.add("zoomed");
      this.svg.setAttribute("width", this.size[0] * scale);
      this.svg.setAttribute("height", this.size[1] * scale);
      this.frame.scrollTo(before[0] * factor - at[0], before[1] * factor - at[1]);
    }

    drag() {
      let from = null;
      this.frame.addEventListener("pointerdown", (event) => {
        if (event.button !== 0 || event.pointerType !== "mouse" || event.target.closest("[data-node]")) return;
        from = [event.clientX + this.frame.scrollLeft, event.clientY + this.frame.scrollTop];
        this.frame.setPointerCapture(event.pointerId);
      });
      this.frame.addEventListener("pointermove", (event) => {
        if (from) this.frame.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
      });
      for (const end of ["pointerup", "pointercancel"]) this.frame.addEventListener(end, () => (from = null));
    }
  }

  for (const box of document.querySelectorAll(".graph")) new Graph(box);
})();
