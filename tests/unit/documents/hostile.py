"""Texts that try to be something else: formulas, links, markup, turned text, emoji, very long ones.

HOSTILE are all that a file could bring, TYPED 200 of those that a person could type into a line. Both are
mixed, so that any run of them has some of every kind.
"""

from __future__ import annotations

import random

from civictracker.domain.texts import clean

_FORMULAS = ("1+1", "cmd|'/c calc'!A0", 'HYPERLINK("http://x.kr","눌러")', "SUM(A1:A9)", "1", " ")
_MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src='file:///c:/x.png'>", "</table>",
    "</td></tr></table><h1>", "</style><script>", "</title><script>", "<svg onload=alert(1)>", "<a href=javascript:1>",
    "<iframe src=//x.kr>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;", "&amp;lt;", "&#0;", "&#x202e;", "<hp:p>", "</hp:t>", "<hp:tbl id='1'/>", "\" onmouseover=\"x", "' style='x",
    "{{7*7}}", "${7*7}", "%s%n", "{}", "{0}", "\\u0041", "\\\\server\\share\\a.png", "//server/a", "url(http://x.kr)",
    "@import 'x'", "expression(alert(1))", "<!--EndFragment-->", "<!--StartFragment-->", "x:num=\"9\"", "</svg>",
)  # fmt: skip
_STRANGE = (
    "😀", "👨‍👩‍👧‍👦", "🇰🇷", "☂\ufe0f", "각", "\u1100\u1161\u11a8", "ㆍ", "〓", "漢字", "﷽", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙", "\u202e뒤집힌", "\u200f오른쪽",
    "\u2066a\u2069", "\ufeff앞", "가\u200b나", "가\u00ad나", "\u3000", "\u00a0", "\ud800", "\udfff", "\ud83d", "\ufffe",
    "\uffff", "\U0001ffff", "\U0010ffff", "\ue000", "가" * 300, "a" * 500, "가 " * 200, "W" * 80, "",
    "-", "△12", "▲1", "0012", "1e9", "9" * 40, "=" * 50, "1,234", "12:30", "2026-11-20", "'", "''", '"', "\\", "|", "%",
    "a\tb", "a\nb", "a\r\nb", "a\rb", "\n", "\t", "\t=1", "\n=1", " =1", "\u00a0=1", "'=1", "\"=1\"",
    "끝.", "○", "□", "※",
)  # fmt: skip
_CONTROLS = tuple(f"앞{chr(code)}뒤" for code in (*range(32), *range(0x7F, 0xA0)))
_ALIVE = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1+1", "=HYPERLINK(\"http://x\")",
             "{=1}", "=WEBSERVICE(\"http://x\")", "'=1", "=1\n=2", "DDE(\"a\")", "=-1+cmd|x", "%0A=1")  # fmt: skip
_MARKED = ("<img src=file:///etc/passwd>", "<script>alert(1)</script>", "</w:t>", "&amp;lt;", "<b>굵게</b>", "]]>",
           "<!--", "<a href=//evil>x</a>", "<iframe src=\\\\srv\\s>", "<svg onload=x>", "&#x0;", "<?xml ?>",
           "<style>@import 'x'</style>", "<link href=x>", "<object data=x>", "%PDF-1.4 endobj")  # fmt: skip
_PLACES = ("file:///c:/x", "\\\\srv\\share\\x.png", "https://x.kr/?q=<>", "javascript:alert(1)", "//evil/x",
           "../../x", "CON", "NUL.txt", "a/b\\c:d*e?", "mailto:a@b.kr", "data:text/html,x", "0012", "1e9", "1/2",
           "(문자) Tj ET", ">> /JS (x)")  # fmt: skip
_TURNED = ("\u202e뒤집힌\u200f", "소식 😀👨‍👩‍👧", "가\u0301나", "\u0000\u0001제어", "\ufeff앞", "ᄒᆞᆫ글", "\U0001f1f0\U0001f1f7", "𠮷野家",
          "مرحبا", "שלום", "\ue000사용자", "\ud7a3\u11a8", "½ ㎡ ①", "a\u200bb", "\u2028줄", "﷽")  # fmt: skip
_LONG = (*("아주긴이름" * n for n in (10, 20, 39)), *("낱말 " * n for n in (20, 40, 60)))
_PLAIN = tuple(f"{chr(0x2190 + n)}표{chr(0xAC00 + n * 37)}" for n in range(34))


def _all() -> list[str]:
    begun = (sign + rest for sign in "=+-@＝＋－＠" for rest in _FORMULAS)
    lists = (_MARKUP, _STRANGE, _CONTROLS, _ALIVE, _MARKED, _PLACES, _TURNED, _LONG, _PLAIN)
    found = list(dict.fromkeys((*begun, *(text for each in lists for text in each))))
    random.Random(2026).shuffle(found)
    return found


def _can_be_typed(text: str) -> bool:
    return 0 < len(clean(text)) <= 200 and not any("\ud800" <= char <= "\udfff" for char in text)


HOSTILE = tuple(_all())
TYPED = tuple({clean(text): text for text in HOSTILE if _can_be_typed(text)}.values())[:200]
