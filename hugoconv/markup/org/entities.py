"""The names by which org calls characters (`\\alpha`, `\\rarr{}`), and the character that Hugo shows for each."""

from __future__ import annotations

import re
from html.entities import html5

_AS_IN_HTML = """
Agrave agrave Aacute aacute Acirc acirc Atilde atilde Auml auml Aring aring AElig aelig Ccedil ccedil Egrave
egrave Eacute eacute Ecirc ecirc Euml euml Igrave igrave Iacute iacute Idot inodot Icirc icirc Iuml iuml Ntilde
ntilde Ograve ograve Oacute oacute Ocirc ocirc Otilde otilde Ouml ouml Oslash oslash OElig oelig Scaron scaron
szlig Ugrave ugrave Uacute uacute Ucirc ucirc Uuml uuml Yacute yacute Yuml yuml fnof real image weierp ell imath
jmath Alpha alpha Beta beta Gamma gamma Delta delta Epsilon epsilon Zeta zeta Eta eta Theta theta thetasym
vartheta Iota iota Kappa kappa Lambda lambda Mu mu nu Nu Xi xi Omicron omicron Pi pi Rho rho Sigma sigma sigmaf
varsigma Tau Upsilon upsih upsilon Phi Chi chi Psi psi tau Omega omega piv varpi alefsym aleph gimel ETH eth
THORN thorn hellip middot iexcl iquest ndash mdash quot acute ldquo rdquo bdquo lsquo rsquo sbquo laquo raquo
lsaquo rsaquo vert brvbar sect amp lt gt plus dagger Dagger nbsp ensp emsp thinsp curren cent pound yen euro
dollar copy reg trade minus pm plusmn times frasl colon div frac12 frac14 frac34 permil sup1 sup2 sup3 radic sum
prod micro macr deg prime Prime infin prop propto not wedge vee cap cup smile frown int therefore there4 because
sim cong asymp approx ne equiv triangleq le leq ge geq lessgtr lesseqgtr ll Ll gg Gg ggg prec preccurlyeq succ
succcurlyeq sub subset sup supset nsub sube nsup supe forall exist nexist nexists empty emptyset isin in notin
ni nabla ang angle perp parallel sdot lceil rceil lfloor rfloor lang rang langle rangle hbar mho larr leftarrow
lArr Leftarrow uarr uparrow uArr Uparrow rarr rightarrow rArr Rightarrow darr downarrow dArr Downarrow harr
leftrightarrow hArr Leftrightarrow crarr bull bullet lowast ast oplus otimes check checkmark para ordf ordm
cedil oline uml zwnj zwj lrm rlm clubs clubsuit spades spadesuit hearts heartsuit
"""
"""The names that mean in org what they mean in HTML."""
_OWN = """
Amacr=Ã amacr=ã AA=Å varepsilon=ε phi=ɸ varphi=φ acutex=𝑥́ partial=∂ beth=ב dalet=ד dots=… cdots=⋯ shy= circ=∘
vbar=| S=§ tilde=~ slash=/ under=_ equal== asciicirc=^ dag=† ddag=‡ EUR=€ USD=$ infty=∞ neg=¬ land=∧ lor=∨
simeq=≅ neq=≠ lll=⋘ preceq=≼ succeq=≽ setminus=⧵ exists=∃ cdot=⋅ gets=← to=→ hookleftarrow=↵ star=⋆ odot=ʘ
smiley=☺ blacksmile=☻ sad=☹ frowny=☹ diams=◆ diamondsuit=◆ diamond=◆ Diamond=◆ loz=⧫
"""
"""Those that org knows otherwise, or alone."""
_AS_WRITTEN = """
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
min Pr sec sin sinh sup tan tanh
"""
"""The names of functions, shown as they are."""
_MOST_SPACES = 20
_SHOWN = {
    **{f"\\{name}": html5[f"{name};"] for name in _AS_IN_HTML.split()},
    **{f"\\{name}": character for name, _, character in (pair.partition("=") for pair in _OWN.split())},
    **{f"\\{name}": name for name in _AS_WRITTEN.split()},
    **{f"\\_{' ' * count}": "\u2002" * count for count in range(1, _MOST_SPACES + 1)},
    **{"---": "—", "--": "–", "...": "…"},
}
_NAMED = re.compile("(?:" + "|".join(map(re.escape, sorted(_SHOWN, key=len, reverse=True))) + r")(?:\{\})?")


def shown(text: str) -> str:
    """Return a text with the characters that its names, and its dashes and dots, stand for."""
    if "\\" not in text and "--" not in text and "..." not in text:
        return text
    return _NAMED.sub(lambda match: _SHOWN[match[0].removesuffix("{}")], text)
