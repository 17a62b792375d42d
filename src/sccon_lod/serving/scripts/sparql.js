// How SPARQL is coloured (SPARQL 1.1, section 19.8). The mode that Ace has takes addresses for operators and comments.

const keywords = ("ASK AS ASC BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP HAVING IN LIMIT "
  + "MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SERVICE SILENT UNDEF UNION VALUES WHERE");
const functions = ("ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT "
  + "HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW RAND REGEX "
  + "REPLACE ROUND SAMETERM SAMPLE SECONDS SEPARATOR SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG "
  + "STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ UCASE URI UUID YEAR");

export const known = { keywords: keywords.split(" "), functions: functions.split(" ") };

export function sparql(ace) {
  const { Mode } = ace.require("ace/mode/text");
  const { TextHighlightRules } = ace.require("ace/mode/text_highlight_rules");

  class Rules extends TextHighlightRules {
    constructor() {
      super();
      const word = this.createKeywordMapper({
        keyword: keywords,
        "support.function": functions,
        "constant.language": "TRUE FALSE",
      }, "identifier", true, " ");
      const long = (token, quote) => ({ token, regex: quote, push: [
        { token: "constant.language.escape", regex: /\\./ },
        { token, regex: quote, next: "pop" },
        { defaultToken: token },
      ] });
      this.$rules = { start: [
        { token: "comment", regex: /#.*$/ },
        long("string", '"""'),
        long("string", "'''"),
        { token: "string", regex: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/ },
        { token: "string.iri", regex: /<[^<>"{}|^`\\\s]*>/ },
        { token: "variable", regex: /[?$][\w\u00c0-\uffff]+/ },
        { token: "constant.language", regex: /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/ },
        { token: ["entity.prefix", "entity.name"], regex: /((?:[A-Za-z\u00c0-\uffff][\w\u00c0-\uffff.-]*)?:)((?:[\w\u00c0-\uffff:-]|\.(?=[\w\u00c0-\uffff-]))*)/ },
        { token: "constant.numeric", regex: /\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/ },
        { token: "keyword", regex: /\ba\b/ },
        { token: word, regex: /[A-Za-z][A-Za-z0-9_]*/ },
        { token: "keyword.operator", regex: /\^\^|&&|\|\||[<>!]=|[=<>!+*/|^-]/ },
        { token: "paren.lparen", regex: /[({[]/ },
        { token: "paren.rparen", regex: /[)}\]]/ },
        { token: "punctuation", regex: /[.,;]/ },
      ] };
      this.normalizeRules();
    }
  }

  class Sparql extends Mode {
    constructor() {
      super();
      this.HighlightRules = Rules;
      this.lineCommentStart = "#";
      this.$behaviour = this.$defaultBehaviour;
      this.$id = "sparql";
    }

    getNextLineIndent(state, line, tab) {
      return this.$getIndent(line) + (/[{(]\s*$/.test(line) ? tab : "");
    }

    checkOutdent(state, line, input) {
      return /^\s+$/.test(line) && /^\s*[})]/.test(input);
    }

    autoOutdent(state, session, row) {
      const [indent] = session.getLine(row).match(/^\s*/);
      const open = session.findMatchingBracket({ row, column: indent.length + 1 });
      if (!open) return;
      const { Range } = ace.require("ace/range");
      session.replace(new Range(row, 0, row, indent.length), this.$getIndent(session.getLine(open.row)));
    }
  }

  return new Sparql();
}
