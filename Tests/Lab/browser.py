"""Looks at a report with Debian's chromium: served on the loopback, shown in a frame of a given width, its texts
measured by the browser itself."""

import functools
import html
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import threading

PROBE = """<!doctype html><meta charset=utf-8><body style="margin:0"><pre id=found>nothing</pre>
<iframe id=frame style="border:0;width:%(width)dpx;height:3000px" src="/report.html"></iframe>
<script>
const found = {errors: []};
window.addEventListener("error", e => found.errors.push(String(e.message)));
document.getElementById("frame").addEventListener("load", () => {
  const view = document.getElementById("frame").contentWindow, page = view.document;
  page.querySelectorAll("details").forEach(d => d.open = true);
  found.width = view.innerWidth;
  found.scrollWidth = page.documentElement.scrollWidth;
  found.requests = view.performance.getEntriesByType("resource").map(e => e.name);
  found.title = page.title;
  found.charts = [...page.querySelectorAll("figure")].map(figure => figure.id);
  found.overlaps = []; found.outside = []; found.smallest = 1000; found.texts = 0;
  const collide = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  for (const figure of page.querySelectorAll("figure")) {
    const frame = figure.querySelector("svg").getBoundingClientRect();
    const texts = [...figure.querySelectorAll("text")].map(t => [t.textContent, t.getBoundingClientRect()]);
    found.texts += texts.length;
    texts.forEach(([text, box], index) => {
      found.smallest = Math.min(found.smallest, box.height);
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.outside.push([figure.id, text]);
      for (const [other, otherBox] of texts.slice(index + 1))
        if (collide(box, otherBox)) found.overlaps.push([figure.id, text, other]);
    });
  }
  const blocks = [...page.querySelectorAll("h1,h2,p,figure,.scroll,summary")].map(e => [e, e.getBoundingClientRect()]);
  blocks.forEach(([element, box], index) => {
    for (const [other, otherBox] of blocks.slice(index + 1))
      if (collide(box, otherBox)) found.overlaps.push([element.tagName, element.textContent.slice(0, 30), other.tagName]);
  });
  document.getElementById("found").textContent = JSON.stringify(found);
});
</script>"""


def chromium():
    return shutil.which("chromium")


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        match = re.fullmatch(r"/probe-(\d+)", self.path)
        if not match:
            return super().do_GET()
        page = (PROBE % {"width": int(match.group(1))}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


def run_chromium(profile, *arguments):
    return subprocess.run(
        [chromium(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-extensions", "--disable-background-networking", f"--user-data-dir={profile}",
         "--enable-logging=stderr", *arguments],
        capture_output=True, text=True, timeout=120)


def look(directory: pathlib.Path, width: int, profile: pathlib.Path):
    """What the browser finds in `directory`/report.html at a width in pixels."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=directory)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made = run_chromium(
            profile, "--window-size=1600,1200", "--virtual-time-budget=20000", "--dump-dom",
            f"http://127.0.0.1:{server.server_port}/probe-{width}")
        server.shutdown()
    match = re.search(r"<pre id=\"found\">(.*?)</pre>", made.stdout, re.S)
    assert match and match.group(1) != "nothing", made.stderr[-2000:]
    found = json.loads(html.unescape(match.group(1)))
    found["console"] = [line for line in made.stderr.splitlines() if "CONSOLE" in line]
    return found
