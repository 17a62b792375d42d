// The editor: Ace where it is there, else the plain field.
import { completer } from "./completion.js";
import { sparql } from "./sparql.js";

export function makeEditor(field, context, run) {
  return window.ace ? rich(field, context, run) : plain(field, run);
}

function plain(field, run) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  return {
    get text() { return field.value; },
    set text(text) { field.value = text; },
    focus: () => field.focus(),
    mark: (line, column) => {
      const lines = field.value.split("\n");
      const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(start + column - 1, start + (lines[line - 1] ?? "").length);
      field.setAttribute("aria-invalid", "true");
    },
    unmark: () => field.removeAttribute("aria-invalid"),
  };
}

function rich(field, { words, terms }, run) {
  const { ace } = window;
  ace.config.set("useStrictCSP", true);
  ace.config.setMessages(messages(words));
  const place = document.createElement("div");
  place.id = "query-editor";
  field.before(place);
  field.hidden = true;
  field.required = false; // a browser cannot lead anybody to a field that is hidden
  const editor = ace.edit(place, {
    value: field.value,
    mode: sparql(ace),
    minLines: 12,
    maxLines: 32,
    tabSize: 2,
    useSoftTabs: true,
    showPrintMargin: false,
    showFoldWidgets: false,
    highlightActiveLine: false,
    highlightGutterLine: false,
    wrap: true,
    indentedSoftWrap: false,
    fontSize: "15px",
    fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    // Escape leaves it, so that nobody is caught between keys.
    enableKeyboardAccessibility: true,
    textInputAriaLabel: words.query,
    enableBasicAutocompletion: [completer(terms, words)],
    enableLiveAutocompletion: true,
    liveAutocompletionThreshold: 2,
  });
  editor.session.setOption("wrapMethod", "text");
  editor.renderer.setScrollMargin(8, 8);
  editor.renderer.setPadding(8);
  // Its colours are those of the page, which are light or dark.
  editor.setTheme({ cssClass: "ace-page", isDark: false, cssText: "" });
  editor.commands.addCommand({ name: "run", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter|Ctrl-Enter" }, exec: run });
  editor.session.on("change", () => { field.value = editor.getValue(); });
  document.getElementById("query-label").addEventListener("click", () => editor.focus());
  return { ...marking(ace, editor), focus: () => editor.focus(), get text() { return editor.getValue(); },
    set text(text) { editor.session.doc.setValue(text); editor.clearSelection(); editor.moveCursorTo(0, 0); } };
}

// What screen readers say of it.
function messages(words) {
  return {
    "text-input.aria-roledescription": words.query,
    "text-input.aria-label": `${words.cursor} $0`,
    "editor.scroller.aria-label": words.enter,
    "editor.scroller.aria-roledescription": words.query,
    "editor.gutter.aria-label": words.gutter,
    "editor.gutter.aria-roledescription": words.gutter,
    "gutter.annotation.aria-label.error": `${words.cursor} $0: ${words.failed}`,
    "autocomplete.popup.aria-label": words.suggestions,
    "autocomplete.popup.aria-roledescription": words.suggestions,
    "autocomplete.popup.item.aria-roledescription": words.suggestions,
  };
}

function marking(ace, editor) {
  const { Range } = ace.require("ace/range");
  let marker = null;
  return {
    mark: (line, column, text) => {
      const row = line - 1;
      editor.session.setAnnotations([{ row, column: column - 1, text, type: "error" }]);
      marker = editor.session.addMarker(new Range(row, 0, row, 1), "query-wrong", "fullLine");
      editor.gotoLine(line, column - 1);
      editor.focus();
    },
    unmark: () => {
      editor.session.clearAnnotations();
      if (marker !== null) editor.session.removeMarker(marker);
      marker = null;
    },
  };
}
