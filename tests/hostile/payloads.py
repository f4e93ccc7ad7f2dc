"""What somebody who can put a file into the folder may write into it: payloads, and the places they go to.

All of it is our own. A folder of public payload lists, one a line, can be given besides: ``PAYLOADS=DIR``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "script-upper": "<SCRIPT SRC=//e.example/x></SCRIPT>",
    "script-split": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "image-error": '<img src=x onerror="alert(1)">',
    "svg": '<svg onload="alert(1)"><animate onbegin=alert(1)></svg>',
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "iframe": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="data:text/html,x"></object><embed src=x>',
    "style": "<style>@import 'https://e.example/x.css'</style>",
    "style-attribute": '<p style="background:url(https://e.example/x)">x</p>',
    "form": '<form action="https://e.example"><input name=a><button>go</button></form>',
    "meta": '<meta http-equiv="refresh" content="0;url=https://e.example/">',
    "base": '<base href="https://e.example/">',
    "comment": "<!-- a comment --><!--> x <!---> y",
    "conditional": "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "cdata": "<![CDATA[<script>alert(1)</script>]]>",
    "cdata-end": "]]>]]&gt;<x/>",
    "entity": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "instruction": "<?xml version='1.0'?><?php system('id'); ?>",
    "quotes": "\"'><b onmouseover=alert(1)>x</b>",
    "attribute": '" onfocus="alert(1)" autofocus="',
    "javascript": "[go](javascript:alert(1)) <javascript:alert(1)>",
    "javascript-entity": "[go](&#106;avascript:alert(1)) [go](java\tscript:alert(1))",
    "data": "[go](data:text/html;base64,PHNjcmlwdD4=)",
    "vbscript": "[go](vbscript:msgbox(1)) [go](file:///etc/passwd)",
    "scheme-relative": "[go](//e.example/x) ![p](//e.example/x.png)",
    "tracker": "![x](https://e.example/pixel.gif) ![](https://e.example/2.gif)",
    "link-title": '[go](https://e.example/ "x\\" onclick=\\"alert(1)")',
    "reference": "[go][r]\n\n  [r]: javascript:alert(1) 'x'",
    "jinja": "{{ 7*7 }} {% include '/etc/passwd' %} {{ config }} {# x #}",
    "yaml-tag": "!!python/object/apply:os.system ['id']",
    "shell": "$(id) `id` ; rm -rf / | cat && echo %PATH%",
    "format": "%s %n %(x)s {0} {x.__class__} \\x41 \\u0041",
    "traversal": "![a](../../etc/passwd) ![b](/etc/passwd) ![c](..\\..\\x)",
    "dot": "![a](.) ![b](..) ![c](/) ![d]() ![e](#)",
    "dot-folder": "![a](./) ![b](.git/config) ![c](%2e%2e/x)",
    "json": '"}],"x":"</script><script>alert(1)</script>',
    "line-separators": "a\u2028b\u2029c",
    "reference-backspace": "x &#8; y &#11; &#12; &#1; &#0;",
    "reference-escape": "x &#27;[31mred &#x9b;31m &#x7f; &#x80;",
    "reference-nothing": "x &#xfffe; &#xffff; &#xd800; &#x110000; &#999999999;",
    "escape": "\x1b]0;title\x07\x1b[2J\x9b31m",
    "controls": "a\x00b\x01c\x02d\x03e\x08f\x0eg\x7fh\x85i\x9fj",
    "stash": "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 klzzwxh:0001",
    "stash-emphasis": "*Video: **SDF*[at the bridge](https://e.example/v) of today.",
    "emphasis": "**a *b** c* ***d** e* __f _g__ h_ ~~i *j~~ k*",
    "backticks": "`a ``b` c`` ```d",
    "bidi": "\u202egpj.exe\u202c \u2066x \u202ay",
    "tags": "\U000e0041\U000e0042 \ufeff\u200b\u200d\u2060\u00ad",
    "combining": "Z" + "\u0301" * 200,
    "surrogate-like": "\\ud800 \ufffd \ufffc",
    "brackets": "[" * 400 + "a" + "]" * 400,
    "open-links": "[a](" * 300,
    "nested-quotes": ">" * 300 + " x",
    "nested-list": "".join(f"\n{' ' * 2 * n}- n{n}" for n in range(60)),
    "table-rule": "|-" * 500,
    "tabs": "a" + "\t" * 4_000 + "*b*",
    "blanks": "a" + " " * 4_000 + "*b*",
    "stars": "*" * 2_000 + "a",
    "underscores": "_a" * 800,
    "ampersands": "&" * 2_000,
    "footnotes": "[^1]" * 200 + "\n\n[^1]: " + "x " * 20,
    "number-footnote": "rose to 15[^1]\n\n[^1]: A note.",
    "long-word": "a" * 9_000,
    "long-address": "https://e.example/" + "a/" * 2_000,
    "definition": "[a]: https://e.example/ 'x'",
    "abbreviation": "*[HTML]: x <script>",
    "heading-inside": "# a\n## b\n=====",
    "rule": "---\n***\n___",
    "mail": "<mailto:a@e.example?subject=x> mailto:a@e.example",
    "placeholders": "\ue000title\ue001 <?region x?> <?end?>",
}
"""What is written, by name."""

PLACES = {
    "item": "{}",
    "item-end": "Roads are open {}",
    "link-words": "[{}](https://e.example/road)",
    "emphasis": "**{}**",
    "speaker": "According to {}, the road is open.",
}
"""Where in an item it stands, by name."""

HEADS = ("title", "author", "summary")
"""Keys of front matter that take it as a text."""


def listed() -> Iterator[tuple[str, str]]:
    """The payloads of a folder of lists that was given, by list and line."""
    folder = os.environ.get("PAYLOADS")
    for path in sorted(Path(folder).rglob("*.txt")) if folder else ():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if line.strip():
                yield f"{path.name}:{number}", line
