"""Authors side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards.comparison import draw_comparison, render_comparison
from bot.domain.authors import Author
from bot.domain.figures import Figure
from bot.services.answers import AuthorAnswer, ComparisonAnswer
from bot.words import speaking
from tests.factories import NOW, make_author, make_profile, make_years
from tests.unit.cards.checks import assert_valid, fields


def compared(*authors: Author) -> ComparisonAnswer:
    return ComparisonAnswer(people=tuple(AuthorAnswer(author=author, top=()) for author in authors))


async def test_comparison_has_a_column_for_each_author_in_the_same_order() -> None:
    card = await render_comparison(compared(make_profile(), make_author(id=8, name="Emma Strubell")), now=NOW)
    assert_valid(card)
    (first, one, _), (second, other, _) = fields(card)
    assert (first, second) == ("Sasha Luccioni", "Emma Strubell")
    assert "h-index **31**" in one
    assert "i10-index unknown" in other
    assert [line.split()[0] for line in one.splitlines()[-4:-1]] == ["Papers", "Citations", "i10-index"]


async def test_comparison_of_three_is_named_like_a_sentence() -> None:
    people = compared(*(make_author(id=number, name=name) for number, name in enumerate(("Ann", "Bo", "Cy"))))
    assert (await render_comparison(people, now=NOW)).embeds[0].title == "Ann, Bo and Cy"
    with speaking("de"):
        assert (await render_comparison(people, now=NOW)).embeds[0].title == "Ann, Bo und Cy"


async def test_comparison_says_whose_numbers_come_from_where() -> None:
    other = make_author(id=8, name="Emma Strubell")
    card = await render_comparison(compared(make_profile(), other), now=NOW)
    footer = card.embeds[0].footer.text or ""
    assert "Sasha Luccioni: OpenAlex, May 29, 2026" in footer
    assert "Emma Strubell: Scholar Feed, May 29, 2026" in footer


async def test_comparison_is_drawn_where_two_have_years() -> None:
    card = await render_comparison(compared(make_profile(), make_profile(id=8, name="Bo")), now=NOW)
    assert card.files[0].description.startswith(
        "Papers and citations per year of Sasha Luccioni and Bo, 2017 to 2025."
    )
    assert await draw_comparison([make_profile(), make_author(years=())], this_year=2026) is None


async def test_comparison_says_in_its_picture_and_in_words_that_the_running_year_is_left_out() -> None:
    whole = make_profile(years=make_years()[:-1])
    running, over = [
        await draw_comparison([one, replace(one, id=8, name="Bo")], this_year=2026)
        for one in (make_profile(), whole)
    ]
    assert running is not None
    assert over is not None
    years = "Papers and citations per year of Sasha Luccioni and Bo, 2017 to 2025."
    assert running.description == f"{years} 2026 is left out, as it is not over."
    assert over.description == years
    assert running.data != over.data


async def test_comparison_of_people_with_nothing_before_the_running_year_is_not_drawn() -> None:
    one = make_profile(years=make_years()[-1:])
    assert await draw_comparison([one, replace(one, id=8, name="Bo")], this_year=2026) is None


async def test_comparison_of_four_long_names_fits() -> None:
    people = [
        make_profile(
            id=number,
            name="Maximiliane " * 9 + str(number),
            h_index=Figure(value=1, source=f"Source {number}", as_of=date(2026, 1, number)),
        )
        for number in range(1, 5)
    ]
    assert_valid(await render_comparison(compared(*people), now=NOW))


async def test_comparison_writes_as_many_rows_of_names_as_they_need() -> None:
    """Four in one row left the picture at its right edge."""
    heights = []
    for count in (2, 3, 4):
        chart = await draw_comparison(
            [make_profile(name="A" * (20 + n)) for n in range(count)], this_year=2026
        )
        assert chart is not None
        heights.append(int.from_bytes(chart.data[20:24]))
    assert heights[0] < heights[1] == heights[2]
