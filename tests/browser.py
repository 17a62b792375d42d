"""A headless Chromium that tests drive: it opens pages, evaluates JavaScript, presses keys and takes pictures.

It speaks the DevTools protocol over two pipes (https://chromedevtools.github.io/devtools-protocol/), so that no package
is needed. Messages are JSON, and each ends with a zero byte.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

Message = dict[str, object]
_PATIENCE = 20.0  # seconds until something that is waited for counts as missing
_START = 40.0
_FREE = 20  # descriptors from here on are nobody's
_KEYS = {"Backspace": 8, "Tab": 9, "Enter": 13, "Escape": 27, "Space": 32, "ArrowUp": 38, "ArrowDown": 40}
_CONTROL = 2  # a bit of modifiers
# Chromium wants its pipes as 3 and 4, which Python cannot promise to a child by itself.
_LAUNCH = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
_PLACE = """(() => {
  const found = document.querySelector(%s);
  found?.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const [place] = found?.getClientRects() ?? [];
  return place && [place.x + place.width / 2, place.y + place.height / 2];
})()"""
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)


class Missing(AssertionError):
    """Something that a test waits for does not come."""


@dataclass
class Browser:
    """A browser that runs, with one page open.

    `problems` is what its console complained of since the last look: errors, warnings, refused addresses, and what the
    content security policy forbids.
    """

    process: subprocess.Popen[bytes]
    into: int
    out: int
    problems: list[str] = field(default_factory=list)
    _unread: bytes = b""
    _count: int = 0
    _session: str = ""

    # --- what tests do

    def open(self, url: str) -> None:
        """Open an address, and wait until all of it is there."""
        said = self.command("Page.navigate", url=url)
        if "errorText" in said:
            raise Missing(f"{url}: {said['errorText']}")
        self.wait("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> object:
        """Return what an expression of JavaScript is; a promise is waited for."""
        said = self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in said:
            raise AssertionError(f"{expression}: {_exception(_part(said, 'exceptionDetails'))}")
        return _part(said, "result").get("value")

    def text(self, selector: str) -> str:
        """Return the text of the first element that a selector finds, as it is shown; empty where there is none."""
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    def click(self, selector: str) -> None:
        """Click the middle of the first element that a selector finds, as a mouse does."""
        place = self._place(selector)
        at = {"x": place[0], "y": place[1], "button": "left", "clickCount": 1}
        self.command("Input.dispatchMouseEvent", type="mousePressed", **at)
        self.command("Input.dispatchMouseEvent", type="mouseReleased", **at)

    def wait(self, expression: str, seconds: float = _PATIENCE) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            # While a page is exchanged for another, there is nothing to evaluate in.
            with suppress(AssertionError):
                if self.evaluate(f"!!({expression})"):
                    return
            time.sleep(0.05)
        raise Missing(f"not in {seconds:.0f} s: {expression}\n" + "\n".join(self.problems))

    def arrive(self, path: str) -> None:
        """Wait until a page is shown, and complete, whose address ends with a path."""
        self.wait(f"location.pathname.endsWith({json.dumps(path)}) && document.readyState === 'complete'")

    def press(self, key: str, *, control: bool = False) -> None:
        """Press a key that has a name, such as Enter."""
        pressed = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key], "modifiers": _CONTROL * control}
        written = {"text": "\r"} if key == "Enter" and not control else {}
        self.command("Input.dispatchKeyEvent", type="keyDown" if written else "rawKeyDown", **pressed, **written)
        self.command("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def type(self, text: str) -> None:
        """Type a text where the cursor is."""
        for letter in text:
            self.command("Input.insertText", text=letter)

    def resize(self, width: int, height: int, scheme: str = "light") -> None:
        """Make the window so large, in the colours `light` or `dark`; less than 500 pixels are a phone."""
        is_phone = width < 500
        size = {"width": width, "height": height, "deviceScaleFactor": 2 if is_phone else 1, "mobile": is_phone}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def disable_scripts(self) -> None:
        """Run no scripts of pages that are opened from now on."""
        self.command("Emulation.setScriptExecutionDisabled", value=True)

    def picture(self, path: Path) -> None:
        """Write a picture of the whole page in PNG."""
        said = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(str(said["data"])))

    def ask_in(self, language: str) -> None:
        """Ask for pages in a language from now on."""
        agent = self.evaluate("navigator.userAgent")
        self.command("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=language)

    # --- the protocol

    def command(self, method: str, **parameters: object) -> Message:
        """Send a command to the page, and return what it answers."""
        self._count += 1
        message: Message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self.into, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + _START
        while True:
            said = self._next(until)
            if said.get("id") == self._count:
                if "error" in said:
                    raise AssertionError(f"{method}: {said['error']}")
                return _part(said, "result")
            self._note(said)

    def attach(self) -> None:
        """Open a page, to which all commands go from now on."""
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self._session = str(self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        for each in ("Page", "Runtime", "Log", "Network"):
            self.command(f"{each}.enable")

    def _place(self, selector: str) -> list[object]:
        """Return where an element is, once it stays there."""
        before: object = None
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            place = self.evaluate(_PLACE % json.dumps(selector))
            if not isinstance(place, list):
                raise Missing(f"there is no {selector} to be seen")
            if place == before:
                return place
            before = place
            time.sleep(0.05)
        raise Missing(f"{selector} does not stay where it is")

    def _next(self, until: float) -> Message:
        while b"\0" not in self._unread:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.out], [], [], left)[0]:
                raise Missing("the browser does not answer")
            read = os.read(self.out, 1 << 20)
            if not read:
                raise Missing("the browser has ended")
            self._unread += read
        first, _, self._unread = self._unread.partition(b"\0")
        return cast(Message, json.loads(first))

    def _note(self, event: Message) -> None:
        told = _PROBLEMS.get(str(event.get("method")))
        said = told(_part(event, "params")) if told else ""
        if said:
            self.problems.append(said)


def _part(of: Mapping[str, object], name: str) -> Message:
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def _exception(details: Message) -> str:
    return str(_part(details, "exception").get("description") or details.get("text"))


def _thrown(event: Message) -> str:
    return _exception(_part(event, "exceptionDetails"))


def _logged(event: Message) -> str:
    entry = _part(event, "entry")
    return f"{entry.get('text')} {entry.get('url', '')}".strip() if entry.get("level") == "error" else ""


def _called(event: Message) -> str:
    return json.dumps(event.get("args")) if event.get("type") in ("error", "warning", "assert") else ""


_PROBLEMS: Mapping[str, Callable[[Message], str]] = {
    "Runtime.exceptionThrown": _thrown,
    "Log.entryAdded": _logged,
    "Runtime.consoleAPICalled": _called,
}


@contextmanager
def browsing(folder: Path, *options: str) -> Iterator[Browser]:
    """Give a browser with its profile in `folder`; the test is skipped where there is no Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium")
    (for_it, into), (out, from_it) = os.pipe(), os.pipe()
    given = [fcntl.fcntl(each, fcntl.F_DUPFD, _FREE) for each in (for_it, from_it)]
    command = [program, *_OPTIONS, f"--user-data-dir={folder}", *options]
    process = subprocess.Popen(
        [sys.executable, "-c", _LAUNCH, *map(str, given), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=given,
        start_new_session=True,
    )
    for each in (for_it, from_it, *given):
        os.close(each)
    try:
        browser = Browser(process, into, out)
        browser.attach()
        yield browser
    finally:
        os.close(into)
        os.close(out)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
