"""LaTeX of titles and abstracts as Unicode."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.latex import to_unicode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ordinary text, 50% faster.", "Ordinary text, 50% faster."),
        ("$x^2$ and $x_i$", "x² and xᵢ"),
        (r"$\langle u^t \rangle$", "⟨uᵗ⟩"),
        ("H$_2$O and H_2O", "H₂O and H_2O"),
        (r"$\mathbb{R}^{3}$ and $\mathcal{L}_1$", "ℝ³ and ℒ₁"),
        (r"$O(n\log n)$", "O(n log n)"),
        (r"$\log\log n \leq \alpha x$", "log log n ≤ αx"),
        (r"$10^{-5}$, $x^{n+1}_{ij}$", "10⁻⁵, xⁿ⁺¹ᵢⱼ"),
        (r"$e^{-x^2}$, $x_{\text{train}}$, $x_\theta$", "e^(-x²), x_train, x_θ"),
        (r"$90^\circ$, $A^\top$, $f'$", "90°, Aᵀ, f′"),
        (r"$\frac{a+b}{c}$, $\tfrac12$, $\sqrt{x+1}$, $\sqrt[3]{2}$", "(a+b)/c, 1/2, √(x+1), ³√2"),
        (r"$\left( \frac{1}{2} \right)$, $\|x\|_2$", "(1/2), ‖x‖₂"),
        (r"$\hat{x}$ and $\bar\nu$", "x̂ and ν̄"),
        (r"$n \times m$, $2\times3$, $a \to b$", "n × m, 2×3, a → b"),
        (r"\(x^2\) and \[y_1\] and $$z$$", "x² and y₁ and z"),
        (r"M\"uller, caf\'{e}, \v{c}, {\"o}, \c c, \o re, \ss", "Müller, café, č, ö, ç, øre, ß"),
        (r"Na\"{\i}ve \L{}ukasz", "Naïve Łukasz"),
        (r"\emph{so} \textbf{50\%} \textit{it} \texttt{a\_b}", "so 50% it a_b"),
        (r"\textbf{Mem$^2$Evolve}", "Mem²Evolve"),
        ("``quotes'', `single'", "“quotes”, ‘single’"),
        ("pages 1--3 --- so", "pages 1–3 — so"),
        ("the --help option", "the --help option"),
        (r"\href{https://a.org/x}{our page}, \url{https://a.org/b_c}", "our page, https://a.org/b_c"),
        (r"\ours{} and \ours beat \ac{LLM}", "ours and ours beat LLM"),
        ("{B}ayesian {BERT} and the set {a, b}", "Bayesian BERT and the set {a, b}"),
        ("$140~\\mathrm{fb}^{-1}$ at $13$~TeV", "140 fb⁻¹ at 13 TeV"),
        ("see http://example.org/~ines/ and Eq.~2", "see http://example.org/~ines/ and Eq. 2"),
        ("Fig.~1, about ~50, 5~10", "Fig. 1, about ~50, 5~10"),
        ("18{,}000 $<$1B $\\sim$50", "18,000 <1B \u223c50"),
        ("it costs $5 and $10", "it costs $5 and $10"),
        ("US$ 3, $5M/$6M, $5-$10", "US$ 3, $5M/$6M, $5-$10"),
        ("$5 for $x^2$", "$5 for x²"),
        (r"\$5 \& \#1 50\%", "$5 & #1 50%"),
        ("10^6 and O(n^2), a_b", "10⁶ and O(n²), a_b"),
        ("$", "$"),
        ("$$", "$$"),
        ("50% $x$ % y", "50% x % y"),
        ("unclosed {brace and } other", "unclosed {brace and } other"),
        ("", ""),
    ],
)
def test_to_unicode_forms(text: str, expected: str) -> None:
    assert to_unicode(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "$" + "{" * 1900 + "$",
        r"\frac" * 9_000,
        "^{" * 20_000,
        "$a" * 20_000,
        "\\(" * 20_000,
        "\\" * 49_999,
    ],
    ids=["braces", "braces-in-math", "macros", "scripts", "dollars", "rounds", "backslashes"],
)
def test_to_unicode_hostile_text_is_answered(text: str) -> None:
    assert len(to_unicode(text)) <= len(text)


@given(st.text(max_size=200) | st.text("\\{}$^_~'`\"-%&[]() abcxfr01é\n", max_size=80))
def test_to_unicode_any_text_never_raises_nor_swells(text: str) -> None:
    assert len(to_unicode(text)) <= 3 * len(text) + 8


def test_to_unicode_real_papers_keep_no_macro(data_folder: Path) -> None:
    path = data_folder / "arxiv_daily" / "cs.CV-feed_2026-04-17_2026-04-30.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    texts = [text for paper in papers for text in (paper["title"], paper["abstract"])]

    converted = [to_unicode(text) for text in texts]

    assert sum("\\" in text for text in texts) > 200
    assert sum("\\" in text for text in converted) == 0
    assert sum("}" in text for text in converted) < 40
    assert all(len(after) <= len(before) * 1.1 for before, after in zip(texts, converted, strict=True))
