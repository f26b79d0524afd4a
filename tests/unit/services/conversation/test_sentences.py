"""What people write, as different people write it, and what is meant."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.search import PaperFilter, Sort
from bot.domain.watches import Every
from bot.services.conversation.sentences import parse_sentence
from bot.services.conversation.wishes import (
    BetweenHours,
    Cite,
    CiteAuthor,
    CoauthorsOf,
    Compare,
    Count,
    ExportSaved,
    Follow,
    HelpWanted,
    Identified,
    ListFollowed,
    ListSaved,
    LookUp,
    NewIn,
    Nothing,
    OutOfReach,
    PapersBy,
    PapersNamed,
    Pause,
    Person,
    PrivacyWanted,
    Resume,
    Save,
    Say,
    SearchFor,
    SearchWithout,
    SetHours,
    SetUpWanted,
    SimilarTo,
    Speak,
    StatusWanted,
    Target,
    TargetKind,
    Trending,
    Unfollow,
    Unsave,
    Wish,
)
from bot.text.references import ReferenceForm

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
IN_2025 = PaperFilter(since=date(2025, 1, 1), until=date(2025, 12, 31))
IN_2017 = PaperFilter(since=date(2017, 1, 1), until=date(2017, 12, 31))


def papers_by(name: str, sort: Sort = Sort.NEWEST, **where: Any) -> PapersBy:
    return PapersBy(names=(name,), where=PaperFilter(**where), sort=sort)


def author(name: str, *, has_code: bool = False) -> Follow:
    return Follow(target=Target(TargetKind.AUTHOR, name), has_code=has_code)


def category(code: str, *, has_code: bool = False) -> Follow:
    return Follow(target=Target(TargetKind.CATEGORY, code), has_code=has_code)


def new_in(category: str | None = None, sort: Sort = Sort.NEWEST, **where: Any) -> NewIn:
    return NewIn(PaperFilter(category=category, **where), sort)


def topic(text: str) -> Follow:
    return Follow(target=Target(TargetKind.TOPIC, text))


SENTENCES: list[tuple[str, Wish]] = [
    # What is asked about the bot and its numbers
    ("explain the AI score", Say("numbers")),
    ("what does novelty mean?", Say("numbers")),
    ("What is the h-index?", Say("numbers")),
    ("how is the forecast computed", Say("numbers")),
    ("score matching", LookUp("score matching")),
    ("exclude cs.CV", Say("without category")),
    ("but not the ones in cs.CV", Say("without category")),
    ("who is working on object tracking?", SearchFor("object tracking")),
    ("who works on quantum computing", SearchFor("quantum computing")),
    ("who does research on bees since 2024", SearchFor("bees", PaperFilter(since=date(2024, 1, 1)))),
    ("TY  - CONF\nTI  - On small things\nAU  - Doe, J\nER  -", LookUp("On small things")),
    ("what is arXiv?", Say("arxiv")),
    *(
        (said, Say("sources"))
        for said in (
            "what can you search",
            "where do your papers come from?",
            "how current are you",
            "how often do you update?",
            "which categories do you cover?",
            "can you read PDFs?",
            "can you summarize papers?",
        )
    ),
    ("are you ChatGPT?", HelpWanted()),
    ("muchas gracias", Say("thanks")),
    ("Thank you very much for your kind assistance.", Say("thanks")),
    ("Bonjour, I would like the articles of Cordelia Schmid", papers_by("Cordelia Schmid")),
    ("hoopoe could you please um show me papers on uh bees", SearchFor("bees")),
    ("Would you be so kind as to show me papers on bees?", SearchFor("bees")),
    ("Dear Sir, show me papers on bees", SearchFor("bees")),
    ("Hola Hoopoe, papers on bees", SearchFor("bees")),
    ("hola papers on bees", SearchFor("bees")),
    ("erm, papers on bees", SearchFor("bees")),
    ("Uh papers on bees", SearchFor("bees")),
    # Words of a field that are written like courtesies and hesitation
    ("SIR models of epidemics", LookUp("SIR models of epidemics")),
    ("sir epidemic models", LookUp("sir epidemic models")),
    ("ERM generalization bounds", LookUp("ERM generalization bounds")),
    ("erm objective", LookUp("erm objective")),
    ("CIAO: a Chandra data analysis system", LookUp("CIAO: a Chandra data analysis system")),
    ("UH Manoa solar telescope", LookUp("UH Manoa solar telescope")),
    ("Dear Santa: gift networks", LookUp("Dear Santa: gift networks")),
    ("Impact of AI", LookUp("Impact of AI")),
    ("top authors in cs.CY", Say("people")),
    ("who are the most cited authors in cs.CL?", Say("people")),
    ("who publishes most in cs.CY", Say("people")),
    ("cite papers by Emma Strubell as RIS", CiteAuthor("Emma Strubell", ReferenceForm.RIS)),
    ("bibtex of all papers by Emma Strubell", CiteAuthor("Emma Strubell", ReferenceForm.BIBTEX)),
    ("cite papers from the workshop on bias", Cite("papers from the workshop on bias", ReferenceForm.BIBTEX)),
    ("bibtex of papers from Emma", Cite("papers from Emma", ReferenceForm.BIBTEX)),
    ("export Emma Strubell's publications", CiteAuthor("Emma Strubell", ReferenceForm.BIBTEX)),
    (
        "2306.05949 and https://arxiv.org/abs/2305.06161",
        PapersNamed("2306.05949 and https://arxiv.org/abs/2305.06161"),
    ),
    ("2306.05949, 2306.05949v1", Identified("2306.05949")),
    ("undo that", Say("undo")),
    ("speak German please", Speak("de")),
    ("Sprich Deutsch", Speak("de")),
    ("auf Englisch bitte", Speak("en")),
    ("language: English", Speak("en")),
    ("what data do you have about me", PrivacyWanted()),
    # What is set up in servers
    ("set up announcements", SetUpWanted()),
    ("Please set up the announcements here.", SetUpWanted()),
    ("how do I set up alerts?", SetUpWanted()),
    ("setup", SetUpWanted()),
    ("set up of annotation guidelines", LookUp("set up of annotation guidelines")),
    ("discuss 2306.05949", Say("discuss")),
    ("let's discuss Green AI", Say("discuss")),
    ("open a thread about StarCoder", Say("discuss")),
    ("discussion of green AI", LookUp("discussion of green AI")),
    ("reading group picks", Say("picks")),
    ("what are our reading group's picks?", Say("picks")),
    ("how do the weekly picks work?", Say("picks")),
    # Names, titles, identifiers
    ("Sasha Luccioni", LookUp("Sasha Luccioni")),
    ("sasha luccioni?", LookUp("sasha luccioni")),
    ("Who is Sasha Luccioni?", Person("Sasha Luccioni")),
    ("who's yann lecun", Person("yann lecun")),
    ("Dr Luccioni", Person("Luccioni")),
    ("@Hoopoe Emma Strubell", LookUp("Emma Strubell")),
    ("do you know anything about Radu Timofte?", LookUp("Radu Timofte")),
    ("Tell me about Sasha Luccioni, please.", LookUp("Sasha Luccioni")),
    ("How many citations does Sasha Luccioni have?", Person("Sasha Luccioni")),
    ("h-index of Geoffrey Hinton", Person("Geoffrey Hinton")),
    ("what is Geoffrey Hinton's h-index?", Person("Geoffrey Hinton")),
    ("The Carbon Footprint of Machine Learning", LookUp("The Carbon Footprint of Machine Learning")),
    (
        "can you find the paper called \u201cAttention Is All You Need\u201d?",
        LookUp("Attention Is All You Need"),
    ),
    ("2306.05949", Identified("2306.05949")),
    ("https://arxiv.org/abs/2306.05949v2", Identified("https://arxiv.org/abs/2306.05949v2")),
    ("<https://arxiv.org/pdf/2306.05949>", Identified("https://arxiv.org/pdf/2306.05949")),
    ("can you look up arXiv:2306.05949 for me?", Identified("arXiv:2306.05949")),
    ("<@123456789012345678> 2306.05949", Identified("2306.05949")),
    ("have you seen https://huggingface.co/papers/2306.05949 yet?", Identified("2306.05949")),
    ("https://orcid.org/0000-0002-1825-0097", Identified("https://orcid.org/0000-0002-1825-0097")),
    ("math.GT/0309136", Identified("math.GT/0309136")),
    # An author's papers
    ("papers by Sasha Luccioni", papers_by("Sasha Luccioni")),
    ("PAPERS BY SASHA LUCCIONI", papers_by("SASHA LUCCIONI")),
    ("papres by sasha luccioni", papers_by("sasha luccioni")),
    ("pappers by Luccioni, Sasha", papers_by("Luccioni, Sasha")),
    (
        "papers by Sasha Luccioni since 2024 with code",
        papers_by("Sasha Luccioni", since=date(2024, 1, 1), has_code=True),
    ),
    (
        "papers by Sasha Luccioni with code sinse 2024",
        papers_by("Sasha Luccioni", since=date(2024, 1, 1), has_code=True),
    ),
    (
        "Hi Hoopoe! Can you show me papers by Sasha Luccioni in cs.CY please?",
        papers_by("Sasha Luccioni", category="cs.CY"),
    ),
    (
        "What has Yoshua Bengio written since March 2025?",
        papers_by("Yoshua Bengio", since=date(2025, 3, 1)),
    ),
    ("Yoshua Bengio's papers", papers_by("Yoshua Bengio")),
    (
        "papers from Yann LeCun between 2020 and 2022",
        papers_by("Yann LeCun", since=date(2020, 1, 1), until=date(2022, 12, 31)),
    ),
    ("papers by Emily Bender until 2023", papers_by("Emily Bender", until=date(2023, 12, 31))),
    ("papers by Emily Bender before 2023", papers_by("Emily Bender", until=date(2022, 12, 31))),
    (
        "publications of Timnit Gebru in 2021",
        papers_by("Timnit Gebru", since=date(2021, 1, 1), until=date(2021, 12, 31)),
    ),
    ("everything by Emily Bender with code", papers_by("Emily Bender", has_code=True)),
    ("most cited papers by Yoshua Bengio", papers_by("Yoshua Bengio", sort=Sort.CITATIONS)),
    ("what did Sasha Luccioni publish this year?", papers_by("Sasha Luccioni", since=date(2026, 1, 1))),
    ("list the latest papers of Yann LeCun pls", papers_by("Yann LeCun")),
    (
        "papers by Sasha Luccioni and Yacine Jernite",
        PapersBy(names=("Sasha Luccioni", "Yacine Jernite"), where=PaperFilter(), sort=Sort.NEWEST),
    ),
    (
        "Hi! Could you please tell me which papers Sasha Luccioni wrote in 2026? Thank you in advance!",
        papers_by("Sasha Luccioni", since=date(2026, 1, 1)),
    ),
    (
        "could you list all the papers written by Hinrich Schütze this month?",
        papers_by("Hinrich Schütze", since=date(2026, 11, 1)),
    ),
    ("Luccioni's papers on energy", PapersBy(("Luccioni",), about="energy")),
    ("papers since 2025 by Clara Na", papers_by("Clara Na", since=date(2025, 1, 1))),
    ("anything new from the Strubell lab?", papers_by("Strubell")),
    ("papers from Emma Strubell's group", papers_by("Emma Strubell")),
    ("papers from Strubell's team", papers_by("Strubell")),
    ("the Strubell lab's papers", papers_by("Strubell")),
    ("papers by Gemini Team", papers_by("Gemini Team")),
    ("papers by the Particle Data Group", papers_by("the Particle Data Group")),
    ("Gemini Team's papers", papers_by("Gemini Team")),
    ("who is Gemini Team?", Person("Gemini Team")),
    ("papers by Sasha Luccioni with a score of at least 80", papers_by("Sasha Luccioni", min_score=80)),
    ("papers by Prof. Dr. Hinrich Schütze", papers_by("Hinrich Schütze")),
    ("sasha luccioni papers", LookUp("sasha luccioni", listed=True)),
    ("publications luccioni 2025", LookUp("luccioni", listed=True, where=IN_2025)),
    ("(Luccioni et al., 2025)", LookUp("Luccioni", IN_2025)),
    ("Yang Liu cs.CV", LookUp("Yang Liu", PaperFilter(category="cs.CV"))),
    # What is new
    ("new in cs.CY", new_in(category="cs.CY")),
    ("New In CS.cy", new_in(category="cs.CY")),
    ("what's new in cs.CY this week?", new_in(category="cs.CY", since=MONDAY)),
    ("whats new in stat.ML today", new_in(category="stat.ML", since=TODAY)),
    ("Any new papers in math.NT since monday?", new_in(category="math.NT", since=MONDAY)),
    ("anything new in Computers and Society?", new_in(category="cs.CY")),
    ("new in cs.CL with code", new_in(category="cs.CL", has_code=True)),
    ("cs.CY", new_in(category="cs.CY")),
    ("latest cs.CY papers", new_in(category="cs.CY")),
    ("what happened in cs.CV yesterday", new_in("cs.CV", since=date(2026, 11, 23), until=date(2026, 11, 23))),
    ("papers from March 2024", new_in(since=date(2024, 3, 1), until=date(2024, 3, 31))),
    ("new stuff in AI", new_in(category="cs.AI")),
    ("show me today's papers", new_in(since=TODAY)),
    ("papers from last week", new_in(since=date(2026, 11, 16), until=date(2026, 11, 22))),
    ("what's new?", new_in()),
    ("papers with score above 80 in cs.CL", new_in("cs.CL", min_score=80)),
    ("cs.CY with a novelty of at least 60", new_in("cs.CY", min_novelty=60)),
    ("papers on energy with novelty over 60", SearchFor("energy", PaperFilter(min_novelty=60))),
    ("most novel papers this month in cs.CY", new_in("cs.CY", Sort.NOVELTY, since=date(2026, 11, 1))),
    ("highest scored papers this week in cs.CL", new_in("cs.CL", Sort.SCORE, since=MONDAY)),
    ("most cited papers in cs.CY since 2024", new_in("cs.CY", Sort.CITATIONS, since=date(2024, 1, 1))),
    ("top cited papers", new_in(sort=Sort.CITATIONS)),
    ("the most novel papers on energy", SearchFor("energy", sort=Sort.NOVELTY)),
    ("credit score above 700", LookUp("credit score above 700")),
    ("papers about novelty detection", SearchFor("novelty detection")),
    ("new in cs.XX", new_in(category="cs.XX")),
    ("new in cs.CL and cs.CV this week", Say("one category")),
    ("new papers on large language models", SearchFor("large language models", sort=Sort.NEWEST)),
    # Following
    ("follow Sasha Luccioni", author("Sasha Luccioni")),
    ("folow Sasha Luccioni", author("Sasha Luccioni")),
    ("Please follow cs.CY for me", category("cs.CY")),
    ("subscribe to cs.CL with code", category("cs.CL", has_code=True)),
    ('follow "large language models"', topic('"large language models"')),
    ("follow \u201clarge language models\u201d", topic('"large language models"')),
    ("follow the topic carbon footprint", topic("carbon footprint")),
    ("notify me about new papers in cs.CY", category("cs.CY")),
    ("let me know when Sasha Luccioni publishes something new", author("Sasha Luccioni")),
    ("follow papers about carbon footprint", topic("carbon footprint")),
    ("watch new papers by Sasha Luccioni", author("Sasha Luccioni")),
    ("follow quantum error correction", Follow(target=Target(TargetKind.UNSURE, "quantum error correction"))),
    ("follow citations of 2306.05949", Follow(target=Target(TargetKind.CITATIONS, "2306.05949"))),
    ("notify me about papers citing Green AI", Follow(target=Target(TargetKind.CITATIONS, "Green AI"))),
    ("tell me when papers cite arxiv.org/abs/2306.05949", Follow(Target(TargetKind.CITATIONS, "2306.05949"))),
    ("follow papers that cite Green AI", Follow(target=Target(TargetKind.CITATIONS, "Green AI"))),
    ("unfollow citations of Green AI", Unfollow(Target(TargetKind.CITATIONS, "Green AI"))),
    ("tell me when somebody cites Emma Strubell", Follow(Target(TargetKind.CITATIONS, "Emma Strubell"))),
    *(
        (said, Follow(Target(TargetKind.CITED_AUTHOR, "Emma Strubell")))
        for said in (
            "follow citations of papers by Emma Strubell",
            "follow citations to Emma Strubell's work",
            "tell me when someone cites a paper by Emma Strubell",
            "let me know when somebody cites any of the papers of Emma Strubell",
            "notify me about papers citing Emma Strubell\u2019s papers",
            "tell me when papers cite something by Emma Strubell",
        )
    ),
    ("follow citations of Jonas's papers", Follow(Target(TargetKind.CITED_AUTHOR, "Jonas"))),
    ("follow citations of Jonas' papers", Follow(Target(TargetKind.CITED_AUTHOR, "Jonas"))),
    (
        "unfollow citations of papers by Emma Strubell",
        Unfollow(Target(TargetKind.CITED_AUTHOR, "Emma Strubell")),
    ),
    ("follow similar to 2306.05949", Follow(target=Target(TargetKind.SIMILAR, "2306.05949"))),
    ("follow papers like Green AI", Follow(target=Target(TargetKind.SIMILAR, "Green AI"))),
    ("unfollow cs.CY", Unfollow(Target(TargetKind.CATEGORY, "cs.CY"))),
    ("unfolow Sasha Luccioni", Unfollow(Target(TargetKind.AUTHOR, "Sasha Luccioni"))),
    ("stop following Sasha Luccioni!", Unfollow(Target(TargetKind.AUTHOR, "Sasha Luccioni"))),
    (
        'unsubscribe from "large language models"',
        Unfollow(Target(TargetKind.TOPIC, '"large language models"')),
    ),
    ("unfollow everything", Unfollow(None)),
    # Several people are no topic, and a year that is over no pause.
    ("follow Ada Adams, Bo Brown and Cy Clark", Say("one by one")),
    ("follow Ada Adams & Bo Brown", Say("one by one")),
    ("follow Adams, Ada", author("Adams, Ada")),
    ("no papers until 2020", LookUp("no", PaperFilter(until=date(2020, 12, 31)), listed=True)),
    ("pause cs.CY", Pause(Target(TargetKind.CATEGORY, "cs.CY"))),
    ("mute cs.CY for a week", Pause(Target(TargetKind.CATEGORY, "cs.CY"))),
    ("pause everything until monday", Pause(None)),
    ("mute until monday", Pause(None)),
    ("snooze for a week", Pause(None)),
    ("mute", Pause(None)),
    ("no messages until monday please", Pause(None)),
    ("don't ping me this week", Pause(None)),
    ("do not disturb", Pause(None)),
    ("do not disturb until tomorrow", Pause(None)),
    ("unmute everything", Resume(None)),
    ("unmute", Resume(None)),
    ("resume", Resume(None)),
    ("unsnooze cs.CY", Resume(Target(TargetKind.CATEGORY, "cs.CY"))),
    ("turn notifications back on", Resume(None)),
    ("switch my alerts on again", Resume(None)),
    ("everything back on", Resume(None)),
    ("turn on light-weight models", LookUp("turn on light-weight models")),
    ("dnd 22-7", SetHours(quiet="22-7")),
    ("do not disturb from 10pm to 7am", SetHours(quiet="22-7")),
    ("dnd off", SetHours(quiet="off")),
    ("follow cs.CY in #papers", Say("elsewhere")),
    ("follow Emma Strubell in <#123456789012345678>", Say("elsewhere")),
    ("notify me about cs.CY in our channel", Say("elsewhere")),
    ("papers by both of them", Say("whose")),
    ("what has she published", Say("whose")),
    ("post new cs.CV papers in our channel every morning", Say("elsewhere")),
    ("can you announce cs.CL in #papers", Say("elsewhere")),
    ("how do I set that up", SetUpWanted()),
    ("how many papers does Yoshua Bengio have in your catalogue?", Person("Yoshua Bengio")),
    ("list his publications from 2010 to 2012", Say("whose")),
    (
        "list Ada A's publications from 2010 to 2012",
        papers_by("Ada A", since=date(2010, 1, 1), until=date(2012, 12, 31)),
    ),
    ("her most cited papers", Say("whose")),
    ("do Ada A and Bo B have joint papers", PapersBy(("Ada A", "Bo B"))),
    ("have Ada A and Bo B ever published together?", PapersBy(("Ada A", "Bo B"))),
    ("is there more recent work by Ada A on bees", PapersBy(("Ada A",), about="bees")),
    ("notify me when he publishes something new", Say("follow")),
    (
        'follow the topic "green ai" but only weekly',
        Follow(target=Target(TargetKind.TOPIC, '"green ai"'), every=Every.WEEKLY),
    ),
    (
        "papers about bees since 2024 sorted by novelty",
        SearchFor("bees", PaperFilter(since=date(2024, 1, 1)), Sort.NOVELTY),
    ),
    ("papers about bees, highest score first", SearchFor("bees", sort=Sort.SCORE)),
    ("the doi of 2306.05949", Identified("2306.05949")),
    ("abstract of StarCoder", LookUp("StarCoder")),
    ("the reference of 2306.05949 in APA format", Cite("2306.05949", ReferenceForm.APA)),
    ("recommend me something to read", Trending(None, 7)),
    ("what should I read", Trending(None, 7)),
    (
        "cite papers by Ada A since 2020 as RIS",
        CiteAuthor("Ada A", ReferenceForm.RIS, PaperFilter(since=date(2020, 1, 1))),
    ),
    ("when was it published", Say("which paper")),
    ("follow all three", Say("one by one")),
    ("follow both of them", Say("one by one")),
    ("follow the first author", Say("follow")),
    ("tell me when it gets cited", Say("follow")),
    (
        "tell me when 2306.05949 is cited",
        Follow(target=Target(TargetKind.CITATIONS, "2306.05949")),
    ),
    ('is the paper "Scaling Laws" in your catalogue?', LookUp("Scaling Laws")),
    ("no digest on sundays", Say("days")),
    # Quiet hours are those of every day
    ("nothing on weekends", Say("days")),
    ("no messages on saturdays and sundays", Say("days")),
    ("don't ping me on the weekend", Say("days")),
    ("weekends off please", Say("days")),
    ("only on weekdays", Say("days")),
    ("send me papers only on weekdays", Say("days")),
    ("quiet hours on weekends", Say("days")),
    ("quiet hours 22-7 on sundays", Say("days")),
    ("mute this weekend", Pause(None)),
    ("papers from monday", new_in(since=date(2026, 11, 23), until=date(2026, 11, 23))),
    ("trends in cs.CL", Trending("cs.CL", 7)),
    ("mute Emma Strubell", Pause(Target(TargetKind.AUTHOR, "Emma Strubell"))),
    ("resume cs.CY", Resume(Target(TargetKind.CATEGORY, "cs.CY"))),
    ("following", ListFollowed()),
    ("What am I following?", ListFollowed()),
    ("who do i follow", ListFollowed()),
    ("my watches", ListFollowed()),
    ("I'd like to follow the work of Emma Strubell", author("Emma Strubell")),
    ("follow Clara Na and show me her papers", author("Clara Na")),
    ("tell me when there is something new in cs.CY", category("cs.CY")),
    ("alert me when new papers about green AI appear", topic("green AI")),
    ("follow cs.XX", category("cs.XX")),
    ("don't send me cs.LG anymore", Unfollow(Target(TargetKind.CATEGORY, "cs.LG"))),
    ("I no longer want to follow Clara Na", Unfollow(Target(TargetKind.AUTHOR, "Clara Na"))),
    ("stop", Unfollow(None)),
    ("follow", Say("follow")),
    ("Follow cs.CL and cs.CV", Say("one category")),
    # Searches
    (
        "papers about the energy cost of AI since 2023",
        SearchFor("the energy cost of AI", PaperFilter(since=date(2023, 1, 1))),
    ),
    (
        "search graph neural networks with code",
        SearchFor("graph neural networks", PaperFilter(has_code=True)),
    ),
    (
        "find papers on diffusion models in cs.CV",
        SearchFor("diffusion models", PaperFilter(category="cs.CV")),
    ),
    ("find me something on federated learning and privacy", LookUp("federated learning and privacy")),
    ("do you know papers that deal with tumor segmentation?", SearchFor("tumor segmentation")),
    (
        "what are the best papers on diffusion since 2026?",
        SearchFor("diffusion", PaperFilter(since=date(2026, 1, 1))),
    ),
    ("give me 5 papers about prompt injection", SearchFor("prompt injection")),
    ("i need papers for my thesis on retrieval", SearchFor("retrieval")),
    (
        "papers published in 2025 about quantization",
        SearchFor("quantization", IN_2025),
    ),
    ("newest diffusion papers", LookUp("diffusion", listed=True, sort=Sort.NEWEST)),
    ("latest on llm agents", LookUp("llm agents", sort=Sort.NEWEST)),
    ("Title: StarCoder: may the source be with you!", LookUp("StarCoder: may the source be with you")),
    ("graph neural networks for molecules", LookUp("graph neural networks for molecules")),
    ('ti:"power hungry" AND au:luccioni', LookUp('ti:"power hungry" AND au:luccioni')),
    # Small talk
    ("help", HelpWanted()),
    ("?", HelpWanted()),
    ("What can you do?", HelpWanted()),
    ("/help", HelpWanted()),
    ("hi", Say("greeting")),
    ("Hello Hoopoe!", Say("greeting")),
    ("good morning", Say("greeting")),
    ("thanks!", Say("thanks")),
    ("Thank you so much", Say("thanks")),
    ("great, thx", Say("thanks")),
    ("Hello there \U0001f44b", Say("greeting")),
    ("thanks a lot, that was helpful", Say("thanks")),
    ("ok", Say("chat")),
    ("you are useless", Say("chat")),
    ("bye", Say("bye")),
    ("how do i use this bot??", HelpWanted()),
    ("are you a human?", HelpWanted()),
    ("status", StatusWanted()),
    ("when was the last harvest?", StatusWanted()),
    # Papers alike, and what is expected of new ones
    ("similar to 2306.05949", SimilarTo("2306.05949")),
    ("find papers similar to Attention Is All You Need", SimilarTo("Attention Is All You Need")),
    # As they were said before anybody looked at the grammar
    (
        "papers from my advisor sasha luccioni last year",
        papers_by("sasha luccioni", since=date(2025, 1, 1), until=date(2025, 12, 31)),
    ),
    (
        "Good morning, could you please help me to find the articles of Prof. Luccioni?",
        papers_by("Luccioni"),
    ),
    ("stop notifying me about sasha luccioni", Unfollow(Target(TargetKind.UNSURE, "sasha luccioni"))),
    ("stop sending me cs.CL", Unfollow(Target(TargetKind.CATEGORY, "cs.CL"))),
    ("which alerts do I have", ListFollowed()),
    ("what alerts have I set up?", ListFollowed()),
    ("pause all my alerts", Pause(None)),
    ("unfollow all my subscriptions", Unfollow(None)),
    ("difference between luccioni and strubell in citations", Compare(("luccioni", "strubell"))),
    ("what are the hot papers this week", Trending(None, 7)),
    ("hot papers in cs.CL", Trending("cs.CL", 7)),
    ("I am looking for author Wei Zhang from Tsinghua", Person("Wei Zhang")),
    ("sasha luccioni h-index", Person("sasha luccioni")),
    ("bibliography of my reading list", ExportSaved(ReferenceForm.BIBTEX)),
    ("bibtex of my library", ExportSaved(ReferenceForm.BIBTEX)),
    ("forget everything about me", PrivacyWanted(forget=True)),
    ("delete my data", PrivacyWanted(forget=True)),
    ("vote for 2306.05949", Say("vote")),
    ("what do you know about me", PrivacyWanted()),
    ("don't write me at night", SetHours(quiet="22-7")),
    ("cite 2306.05949 APA", Cite("2306.05949", ReferenceForm.APA)),
    ("StarCoder bibtex", Cite("StarCoder", ReferenceForm.BIBTEX)),
    ("2306.05949 ris", Cite("2306.05949", ReferenceForm.RIS)),
    ("RIS of 2306.05949", Cite("2306.05949", ReferenceForm.RIS)),
    ("cite StarCoder ris", Cite("StarCoder", ReferenceForm.RIS)),
    # Reconfigurable intelligent surfaces, which many papers are about.
    ("papers about RIS", SearchFor("RIS")),
    ("what's new on RIS", SearchFor("RIS", sort=Sort.NEWEST)),
    ("RIS for channel estimation", LookUp("RIS for channel estimation")),
    ("RIS beamforming", LookUp("RIS beamforming")),
    ("RIS for 6G", LookUp("RIS for 6G")),
    ("RIS of Emma Strubell's papers", CiteAuthor("Emma Strubell", ReferenceForm.RIS)),
    ("multi-user RIS", LookUp("multi-user RIS")),
    ("cite a survey of LaTeX", Cite("a survey of LaTeX", ReferenceForm.BIBTEX)),
    ("May I have the BibTeX for StarCoder?", Cite("StarCoder", ReferenceForm.BIBTEX)),
    ("what has Sasha Luccioni been up to lately?", papers_by("Sasha Luccioni")),
    ("trending cs.CL", Trending("cs.CL", 7)),
    ("best paper this week in cs.LG", Trending("cs.LG", 7)),
    ("papers scoring over 90 in cs.CL", NewIn(PaperFilter(category="cs.CL", min_score=90))),
    ("is everything running?", StatusWanted()),
    ("why was nothing posted today?", StatusWanted()),
    ("no papers today?", Say("nothing now")),
    ("nothing this week", Say("nothing now")),
    ("no news today", Say("nothing now")),
    ("don't disturb me today", Pause(None)),
    ("no messages until monday", Pause(None)),
    ("why are there no new papers?", StatusWanted()),
    ("turn off notifications", Pause(None)),
    ("follow both", Say("follow")),
    ("that's all, thanks", Say("bye")),
    ("papers that cite 2306.05949", Say("citing")),
    ("when was StarCoder published?", LookUp("StarCoder")),
    ("who are the authors of StarCoder?", LookUp("StarCoder")),
    ("who is the first author of 2305.06161?", Identified("2305.06161")),
    ("coauthors of Emma Strubell", CoauthorsOf("Emma Strubell")),
    ("don't ping me between 22 and 7", SetHours(quiet="22-7")),
    ("mute everything at night from 22 to 7", SetHours(quiet="22-7")),
    ("mute all notifications from 10pm to 7am", SetHours(quiet="22-7")),
    ("silence from 22:00 to 07:00", SetHours(quiet="22-7")),
    ("be quiet overnight", SetHours(quiet="22-7")),
    ("stop writing me between 23 and 6", SetHours(quiet="23-6")),
    ("turn off notifications at night", SetHours(quiet="22-7")),
    ("nothing between 20 and 8 please", SetHours(quiet="20-8")),
    ("please do not disturb me from 10pm to 7am", SetHours(quiet="22-7")),
    ("no messages between 22:00 and 7:00", SetHours(quiet="22-7")),
    ("quiet hours from 22 to 7", SetHours(quiet="22-7")),
    ("set up announcements for our group", SetUpWanted()),
    ("how do we discuss a paper?", Say("discuss")),
    ("all papers by Emma Strubell as a RIS file", CiteAuthor("Emma Strubell", ReferenceForm.RIS)),
    ("cite papers by Emma Strubell as a RIS file", CiteAuthor("Emma Strubell", ReferenceForm.RIS)),
    ("give me Emma Strubell's publications in bibtex", CiteAuthor("Emma Strubell", ReferenceForm.BIBTEX)),
    ("whats trending", Trending(None, 7)),
    ("what's trending in cs.CL", Trending("cs.CL", 7)),
    ("what should I read about energy use of AI?", SearchFor("energy use of AI")),
    ("cite it in bibtex please", Say("which paper")),
    ("save this", Say("which paper")),
    ("papers similar to it", Say("which paper")),
    ("similar ones", Say("which paper")),
    # Entries of a bibliography
    (
        "@inproceedings{vaswani2017, title={Attention is All {Y}ou Need}, author={Vaswani, Ashish},"
        " booktitle={NeurIPS}, year={2017}}",
        LookUp("Attention is All You Need"),
    ),
    (
        '@article{a,\n author = "Doe, J.",\n Title = "On \\textit{small} things",\n}',
        LookUp("On small things"),
    ),
    (
        "@misc{b, title={A title}, eprint={2306.05949}, doi={10.48550/arXiv.2306.05949}}",
        Identified("2306.05949"),
    ),
    (
        "@book{c, booktitle={Proceedings}, year={2017}}",
        LookUp("@book{c, booktitle={Proceedings}, year={2017}}"),
    ),
    (
        "papers by Strubell not with Dodge",
        SearchWithout('au:"Strubell" -dodge', sort=Sort.NEWEST, wanted='au:"Strubell"'),
    ),
    ("attention is not all you need", LookUp("attention is not all you need")),
    ("Dear Sir or Madam, might I trouble you for a list of the works of Ada A?", papers_by("Ada A")),
    ("Would you be so good as to show me papers on bees?", SearchFor("bees")),
    ("Perfect, that's all I needed, thank you so much for your help!", Say("thanks")),
    ("do you read my messages?", PrivacyWanted()),
    ("papers from my group", Say("whose")),
    ("explain attention is all you need", LookUp("attention is all you need")),
    # In a hurry, from abroad, in anger, from a phone
    ("can u find sth on bees", LookUp("bees")),
    ("papers on bees w/ code", SearchFor("bees", PaperFilter(has_code=True))),
    ("wats new in cs.RO", new_in("cs.RO")),
    ("whats the sota on slam", SearchFor("slam")),
    ("I should like to see the publications of Herrn Prof. Luc Van Gool", papers_by("Luc Van Gool")),
    ("i am searching papers what speak about drones", SearchFor("drones")),
    ("how i can follow the author Emma Strubell", author("Emma Strubell")),
    ("how do I follow someone?", Say("follow")),
    ("how do I stop it", Unfollow(None)),
    ("did it work?", ListFollowed()),
    ("what do I do now?", HelpWanted()),
    ("inform me of new papers citing Green AI", Follow(Target(TargetKind.CITATIONS, "Green AI"))),
    ("send me a weekly report on robots", Follow(Target(TargetKind.UNSURE, "robots"), every=Every.WEEKLY)),
    ("compile the bibliography of Ada A's work as RIS", CiteAuthor("Ada A", ReferenceForm.RIS)),
    ("Ada A's most cited paper", papers_by("Ada A", sort=Sort.CITATIONS)),
    ("give me papers on robots you dumb bot", SearchFor("robots")),
    ("wtf", Say("chat")),
    ("Best regards, Bob", Say("bye")),
    ("just show me something good", Trending(None, 7)),
    ("what are the top 5 trends in cs.AI right now?", Trending("cs.AI", 7)),
    ("who are the experts on bees", Say("people")),
    ("do you make things up?", Say("sources")),
    ("how many records are in your catalogue?", StatusWanted()),
    ("where does the score come from", Say("numbers")),
    ("is Ada A or Bo B more cited?", Compare(("Ada A", "Bo B"))),
    ("code for StarCoder", LookUp("StarCoder")),
    ("contact details of Emma Strubell", Person("Emma Strubell")),
    ("PMID: 31501885", Identified("PMID: 31501885")),
    ("Atten-\ntion Is All You Need", LookUp("Attention Is All You Need")),
    ("papers on bees from before 2012", SearchFor("bees", PaperFilter(until=date(2011, 12, 31)))),
    (
        "papers on bees around 2015",
        SearchFor("bees", PaperFilter(since=date(2014, 1, 1), until=date(2016, 12, 31))),
    ),
    ("papers on bees since last christmas", SearchFor("bees", PaperFilter(since=date(2025, 12, 25)))),
    ("without the ones about bees", Say("without subject")),
    # Hours, days and places
    ("digest at 8:30", BetweenHours(8)),
    ("send me the digest at half past eight pm", BetweenHours(20)),
    ("digest every morning at 8", SetHours(digest_hour=8)),
    ("every morning at eight", SetHours(digest_hour=8)),
    ("digest at noon", SetHours(digest_hour=12)),
    ("every Friday", Say("weekly day")),
    ("weekly on Mondays at 9", Say("weekly day")),
    ("digest on fridays", Say("weekly day")),
    ("follow cs.CL every friday", Say("weekly day")),
    ("follow cs.CL on Mondays", Follow(Target(TargetKind.CATEGORY, "cs.CL"), every=Every.WEEKLY)),
    ("follow cs.CL daily at 9", Follow(Target(TargetKind.CATEGORY, "cs.CL"), every=Every.DAILY, hour=9)),
    ("follow cs.CL every day at 9:30", BetweenHours(9)),
    ("I'm in New York", SetHours(time_zone="New York")),
    ("i am based in Zürich", SetHours(time_zone="Zürich")),
    ("we're in Germany now", SetHours(time_zone="Germany")),
    ("I'm in love", LookUp("I'm in love")),
    ("compare her with Emma Strubell", Say("compare")),
    ("papers on bees after corona", SearchFor("bees after corona")),
    # What no search can hold
    ("papers from ETH Zurich on robots", OutOfReach("ETH Zurich", "papers on robots")),
    ("papers by people at Stanford about robots", OutOfReach("Stanford", "papers about robots")),
    (
        "papers on malaria from the University of Oxford",
        OutOfReach("University of Oxford", "papers on malaria"),
    ),
    ("Google papers on LLMs", OutOfReach("Google", "papers on LLMs")),
    ("Luc Van Gool papers at ETH Zurich", OutOfReach("ETH Zurich", "Luc Van Gool papers")),
    ("papers from MIT", OutOfReach("MIT")),
    ("new in cs.CL from Stanford", OutOfReach("Stanford", "new in cs.CL")),
    ("follow papers from ETH Zurich on robots", OutOfReach("ETH Zurich", "follow papers on robots")),
    ("object detection at CVPR 2018", OutOfReach("CVPR 2018", "object detection from 2018", kind="venue")),
    ("ICML'19 papers on bees", OutOfReach("ICML'19", "papers on bees from 2019", kind="venue")),
    (
        "papers published in Nature on bees since 2020",
        OutOfReach("Nature", "papers on bees since 2020", kind="venue"),
    ),
    ("best papers of NeurIPS 2020", OutOfReach("NeurIPS 2020", kind="venue")),
    ("patterns in nature", LookUp("patterns in nature")),
    ("papers on ACL injuries", SearchFor("ACL injuries")),
    ("papers on learning at school", SearchFor("learning at school")),
    ("who is Emma Strubell at CMU?", Person("Emma Strubell")),
    ("Emma Strubell from Carnegie Mellon", LookUp("Emma Strubell")),
    # How many there are
    (
        "how many papers did Emma Strubell publish in 2025?",
        Count(papers_by("Emma Strubell", since=date(2025, 1, 1), until=date(2025, 12, 31))),
    ),
    ("number of papers by Emma Strubell", Count(papers_by("Emma Strubell"))),
    (
        "how many papers on diffusion this month?",
        Count(SearchFor("diffusion", PaperFilter(since=date(2026, 11, 1)))),
    ),
    ("how many papers are there about bees", Count(SearchFor("bees"))),
    ("how many new papers in cs.CL this week", Count(new_in("cs.CL", since=MONDAY))),
    ("how many people work on bees", Count(SearchFor("bees"))),
    ("how many papers has Emma Strubell written?", Person("Emma Strubell")),
    ("how many papers did Emma Strubell publish?", Person("Emma Strubell")),
    ("how many papers are there?", StatusWanted()),
    ("how many papers cite 2306.05949", Say("citing")),
    # What papers are not to be about
    (
        "papers on graph networks but not chemistry",
        SearchWithout("graph networks -chemistry", wanted="graph networks"),
    ),
    ("papers on robots, no drones", SearchWithout("robots -drone*", wanted="robots")),
    ("papers on transformers not about vision", SearchWithout("transformers -vision", wanted="transformers")),
    (
        "recent papers on bees except wasps and honey bees since 2025",
        SearchWithout('bees -wasp* -"honey bees"', PaperFilter(since=date(2025, 1, 1)), Sort.NEWEST, "bees"),
    ),
    (
        "papers on bees excluding honey sorted by citations",
        SearchWithout("bees -honey", sort=Sort.CITATIONS, wanted="bees"),
    ),
    (
        "papers on object detection without YOLO",
        SearchWithout(
            "object detection -yolo",
            wanted="object detection",
            phrase="without yolo",
            otherwise=SearchFor("object detection without YOLO"),
        ),
    ),
    (
        "object detection w/o YOLO",
        SearchWithout(
            "object detection -yolo",
            wanted="object detection",
            phrase="w o yolo",
            otherwise=LookUp("object detection w/o YOLO"),
        ),
    ),
    ("learning without forgetting", LookUp("learning without forgetting")),
    (
        "papers by Emma Strubell but not with Dodge",
        SearchWithout('au:"Emma Strubell" -dodge', sort=Sort.NEWEST, wanted='au:"Emma Strubell"'),
    ),
    ("papers on robots but not in cs.CV", Say("without category")),
    ("papers on robots but not cs.CV", Say("without category")),
    ("new in cs.CL but no surveys", Say("without subject")),
    (
        "follow cs.CL without surveys",
        Follow(Target(TargetKind.CATEGORY, "cs.CL"), exclude=("survey*",)),
    ),
    (
        "follow papers about robots but not drones or cars",
        Follow(Target(TargetKind.TOPIC, "robots"), exclude=("drone*", "car*")),
    ),
    ("follow cs.CL but not cs.CV", Say("without category")),
    # References and mails
    ("Vaswani et al. 2017", LookUp("Vaswani", IN_2017)),
    ("Strubell et al. (2017)", LookUp("Strubell", IN_2017)),
    ("as shown by Luccioni et al. (2017)", LookUp("Luccioni", IN_2017)),
    ("Luccioni & Strubell 2017", PapersBy(("Luccioni", "Strubell"), IN_2017)),
    ("Vaswani et al., Attention is all you need, NeurIPS 2017", LookUp("Attention is all you need")),
    ('[12] A. Vaswani, "Attention Is All You Need", 2017', LookUp("Attention Is All You Need")),
    ("Vaswani, A. et al. (2017). Attention is all you need. arXiv:1706.03762.", Identified("1706.03762")),
    ("(Vaswani et al., 2017; Strubell et al., 2019)", Say("one reference")),
    (
        'Hi all,\nplease read "Energy and Policy Considerations for Deep Learning" by Strubell et al.\nAnna',
        LookUp("Energy and Policy Considerations for Deep Learning"),
    ),
    (
        "As agreed, " * 80 + 'please read "Energy and Policy Considerations" until Monday',
        LookUp("Energy and Policy Considerations"),
    ),
    ("~/Downloads/2306.05949v2.pdf", Identified("2306.05949v2")),
    ("file:///home/me/papers/2306.05949.pdf", Identified("2306.05949")),
    ("C:\\Users\\me\\2306.05949 (1).pdf", Identified("2306.05949")),
    ("https://scholar.google.com/scholar?q=green+ai", LookUp("green ai")),
    ("https://arxiv.org/list/cs.CL/recent", new_in("cs.CL")),
    # What points at nothing that was answered
    ("follow him", Say("follow")),
    ("follow them weekly", Say("follow")),
    ("unfollow her", Unfollow(None)),
    ("pause it", ListFollowed()),
    ("resume them", ListFollowed()),
    ("stop messaging me", Unfollow(None)),
    ("stop sending me messages", Unfollow(None)),
    ("as bibtex", Say("which paper")),
    ("in RIS", Say("which paper")),
    ("cite the first one", Say("which paper")),
    ("the third one", Say("which paper")),
    ("save the second", Say("which paper")),
    ("how do I set up announcements in our channel", SetUpWanted()),
    (
        "hey can u find me papers by luc van gool from 2018",
        papers_by("luc van gool", since=date(2018, 1, 1), until=date(2018, 12, 31)),
    ),
    ("papers by luc van gool from 2018 on", papers_by("luc van gool", since=date(2018, 1, 1))),
    ("papers by luc van gool 2018 onwards", papers_by("luc van gool", since=date(2018, 1, 1))),
    (
        "papers by luc van gool 2018-2020",
        papers_by("luc van gool", since=date(2018, 1, 1), until=date(2020, 12, 31)),
    ),
    (
        "papers about energy from 2018 to 2020",
        SearchFor("energy", PaperFilter(since=date(2018, 1, 1), until=date(2020, 12, 31))),
    ),
    (
        "papers about energy 2018 to 2020",
        SearchFor("energy", PaperFilter(since=date(2018, 1, 1), until=date(2020, 12, 31))),
    ),
    ("papers about the year 2000 problem", SearchFor("the year 2000 problem")),
    *(
        (said, SearchFor("bees", PaperFilter(since=since, until=until)))
        for said, since, until in (
            ("papers on bees pre-2015", None, date(2014, 12, 31)),
            ("papers on bees not older than 2016", date(2016, 1, 1), None),
            ("papers on bees up to 2016", None, date(2016, 12, 31)),
            ("papers on bees <= 2016", None, date(2016, 12, 31)),
            ("papers on bees in 2017 and 2018", date(2017, 1, 1), date(2018, 12, 31)),
            ("papers from last semester on bees", date(2026, 1, 1), date(2026, 6, 30)),
            ("papers on bees in the first half of 2025", date(2025, 1, 1), date(2025, 6, 30)),
            ("2017 papers about bees", date(2017, 1, 1), date(2017, 12, 31)),
            ("papers on bees before covid", None, date(2020, 3, 10)),
            ("papers on bees from the 90s", date(1990, 1, 1), date(1999, 12, 31)),
        )
    ),
    ("papers on bees in winter", SearchFor("bees in winter")),
    ("papers on bees during covid", SearchFor("bees during covid")),
    ("thx bye", Say("thanks")),
    ("no messages at night please", SetHours(quiet="22-7")),
    ("follow cs.CY but only with code", category("cs.CY", has_code=True)),
    (
        'papers about "green ai" in cs.LG, newest first',
        SearchFor('"green ai"', PaperFilter(category="cs.LG"), Sort.NEWEST),
    ),
    ("yo what's new on llm energy use", SearchFor("llm energy use", sort=Sort.NEWEST)),
    ("I don't understand", HelpWanted()),
    ("trending in cs.CL this month", Trending("cs.CL", 30)),
    ("what is trending today", Trending(None, 1)),
    ("trending", Trending(None, 7)),
    ("what's hot in cs.RO", Trending("cs.RO", 7)),
    # Commands in plain words
    ("compare Sasha Luccioni and Emily Bender", Compare(("Sasha Luccioni", "Emily Bender"))),
    (
        "please compare sasha luccioni, emma strubell and yann lecun",
        Compare(("sasha luccioni", "emma strubell", "yann lecun")),
    ),
    ("Compare Ada with Bo", Compare(("Ada", "Bo"))),
    ("Emma Strubell vs. Sasha Luccioni", Compare(("Emma Strubell", "Sasha Luccioni"))),
    ("compre Ada and Bo", Compare(("Ada", "Bo"))),
    ("compare Sasha Luccioni", Say("compare")),
    ("compare a, b, c, d and e", Say("compare")),
    ("cite 2306.05949", Cite("2306.05949", ReferenceForm.BIBTEX)),
    ("cite arXiv:2306.05949 as APA", Cite("2306.05949", ReferenceForm.APA)),
    ("bibtex for 2306.05949 please", Cite("2306.05949", ReferenceForm.BIBTEX)),
    (
        "give me the bibtex entry of Attention Is All You Need",
        Cite("Attention Is All You Need", ReferenceForm.BIBTEX),
    ),
    (
        "How do I cite \u201cAttention Is All You Need\u201d?",
        Cite("Attention Is All You Need", ReferenceForm.BIBTEX),
    ),
    ("ris https://arxiv.org/abs/2306.05949", Cite("2306.05949", ReferenceForm.RIS)),
    ("who works with Sasha Luccioni?", CoauthorsOf("Sasha Luccioni")),
    ("Who has written with Emma Strubell", CoauthorsOf("Emma Strubell")),
    ("co-authors of emma strubell", CoauthorsOf("emma strubell")),
    ("Sasha Luccioni's collaborators", CoauthorsOf("Sasha Luccioni")),
    ("show me the coauthors of Emma Strubell", CoauthorsOf("Emma Strubell")),
    ("save 2306.05949", Save("2306.05949")),
    ("bookmark https://arxiv.org/abs/2306.05949 for later", Save("2306.05949")),
    ("add 2306.05949 to my reading list", Save("2306.05949")),
    ("save Attention Is All You Need to my library", Save("Attention Is All You Need")),
    ("remove 2306.05949 from my reading list", Unsave("2306.05949")),
    ("my reading list", ListSaved()),
    ("what's on our reading list?", ListSaved()),
    ("show me my saved papers", ListSaved()),
    ("follow this", Say("follow")),
    ("anything recent about LLM regulation in Europe?", LookUp("LLM regulation in Europe", sort=Sort.NEWEST)),
    ("follow cs.CL weekly", Follow(Target(TargetKind.CATEGORY, "cs.CL"), every=Every.WEEKLY)),
    ("weekly digest of cs.CL", Follow(Target(TargetKind.CATEGORY, "cs.CL"), every=Every.WEEKLY)),
    (
        'follow "green ai" with code, once a day',
        Follow(Target(TargetKind.TOPIC, '"green ai"'), has_code=True, every=Every.DAILY),
    ),
    ("what's Radu Timofte working on?", papers_by("Radu Timofte")),
    ("who works with Radu Timofte the most", CoauthorsOf("Radu Timofte")),
    ("how many papers do you know?", StatusWanted()),
    ("summaries of new cs.CL papers", new_in("cs.CL")),
    (
        "papers between 1 May 2026 and 5 May 2026 on agents",
        SearchFor("agents", PaperFilter(since=date(2026, 5, 1), until=date(2026, 5, 5))),
    ),
    ("set my time zone to Berlin", SetHours(time_zone="Berlin")),
    ("timezone: America/New_York", SetHours(time_zone="America/New_York")),
    ("quiet hours 22-7", SetHours(quiet="22-7")),
    ("no quiet hours", SetHours(quiet="off")),
    ("send digests at 9am", SetHours(digest_hour=9)),
    ("my settings", SetHours()),
    ("tell me when someone cites 2306.05949", Follow(Target(TargetKind.CITATIONS, "2306.05949"))),
    ("show my list", ListSaved()),
    ("export my reading list", ExportSaved(ReferenceForm.BIBTEX)),
    ("export my list as ris please", ExportSaved(ReferenceForm.RIS)),
    ("download our library for zotero", ExportSaved(ReferenceForm.ZOTERO_RDF)),
    ("export saved papers to csv", ExportSaved(ReferenceForm.CSV)),
    ("who does Sasha Luccioni work with?", CoauthorsOf("Sasha Luccioni")),
    ("whom has emma strubell published with", CoauthorsOf("emma strubell")),
    ("who is Clara Na collaborating with", CoauthorsOf("Clara Na")),
    ("top papers today in cs.LG", Trending("cs.LG", 1)),
    ("the most important papers in cs.CL this month", Trending("cs.CL", 30)),
    ("best papers of the week", Trending(None, 7)),
    ("most cited papers on bias", SearchFor("bias", PaperFilter(), Sort.CITATIONS)),
    ("pause everything", Pause(None)),
    ("resume all", Resume(None)),
    ("what is my data", PrivacyWanted()),
    # What is hardly a sentence
    ("", Nothing()),
    ("\U0001f389\U0001f99c", Nothing()),
    ("\x00\x00", Nothing()),
    ("@everyone", Nothing()),
    ("<:hoopoe:123456789012345678>", Nothing()),
    ("\u202eSasha Luccioni\u202c", LookUp("Sasha Luccioni")),
    ("Sasha\x00 Luccioni", LookUp("Sasha Luccioni")),
    ("@everyone papers by Sasha Luccioni", papers_by("Sasha Luccioni")),
    (r"$\alpha$-stable processes", LookUp(r"$\alpha$-stable processes")),
    # How people on their way say it
    ("could you please look up what Yann LeCun has been up to lately?", papers_by("Yann LeCun")),
    ("who wrote stochastic parrots", LookUp("stochastic parrots")),
    ("who wrote it", Say("which paper")),
    ("who wrote about bees", LookUp("who wrote about bees")),
    ("papers on bees w/ code", SearchFor("bees", PaperFilter(has_code=True))),
    ("github of StarCoder", LookUp("StarCoder")),
    ("code for StarCoder", LookUp("StarCoder")),
    ("code of conduct", LookUp("code of conduct")),
    ("arxiv link for attention is all you need", LookUp("attention is all you need")),
    ("give me five papers on bees", SearchFor("bees")),
    ("three body problem papers", LookUp("three body problem", listed=True)),
    ("send me cs.CL every morning", Follow(Target(TargetKind.CATEGORY, "cs.CL"), every=Every.DAILY)),
    ("every monday a digest of cs.AI", Follow(Target(TargetKind.CATEGORY, "cs.AI"), every=Every.WEEKLY)),
    ("papers on bees every monday", Follow(Target(TargetKind.TOPIC, "bees"), every=Every.WEEKLY)),
    (
        "papers with more than 100 citations on bees",
        OutOfReach("more than 100 citations", "most cited papers on bees", kind="citations"),
    ),
    (
        "papers on bees cited 50+ times",
        OutOfReach("50+ times", "most cited papers on bees", kind="citations"),
    ),
    ("which institution is Emma Strubell at", Person("Emma Strubell")),
    ("where does Emma Strubell work", Person("Emma Strubell")),
    ("email of Emma Strubell", Person("Emma Strubell")),
    (
        "best papers of 2025",
        NewIn(PaperFilter(since=date(2025, 1, 1), until=date(2025, 12, 31)), Sort.CITATIONS),
    ),
    (
        "top 10 papers in cs.LG this year",
        NewIn(PaperFilter(category="cs.LG", since=date(2026, 1, 1)), Sort.CITATIONS),
    ),
    ("popular papers about bees", SearchFor("bees", sort=Sort.CITATIONS)),
    ("popular music generation", LookUp("popular music generation")),
    ("influential papers by Geoffrey Hinton", papers_by("Geoffrey Hinton", Sort.CITATIONS)),
    ("recent surveys on bees", LookUp("surveys on bees", sort=Sort.NEWEST)),
    ("a random paper", Trending(None, 7)),
    ("what should I read tonight", Trending(None, 7)),
    ("newest paper on arXiv", NewIn()),
    ("translate the abstract", Say("sources")),
    ("clear my reading list", Say("clear list")),
]


WORDS = sorted({word for text, _ in SENTENCES for word in text.split()})


@pytest.mark.parametrize(("text", "wish"), SENTENCES, ids=[text[:40] or "empty" for text, _ in SENTENCES])
def test_parse_sentence_as_people_write_it_is_understood(text: str, wish: Wish) -> None:
    assert parse_sentence(text, TODAY) == wish


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_parse_sentence_of_any_text_gives_a_wish(text: str) -> None:
    assert isinstance(parse_sentence(text, TODAY), Wish)


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(sorted({word for text, _ in SENTENCES for word in text.split()})), max_size=14)
)
def test_parse_sentence_of_its_own_words_in_any_order_gives_a_wish(words: list[str]) -> None:
    assert isinstance(parse_sentence(" ".join(words), TODAY), Wish)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("papers by " + "a" * 5000, id="one word"),
        pytest.param("a " * 2500, id="many words"),
        *(
            pytest.param((f"{begun}{part}" + part * 4000)[:length], id=f"{begun}{part}{length}")
            for begun in ("papers about ", "how many papers by ", "cite ")
            for part in ("; ", "(", "and ", "in ", '"', "1", "! ", "A. ", "et al. ", "but not ")
            for length in (590, 4000)
        ),
        pytest.param("since " * 800, id="one keyword"),
        pytest.param("what has " + "been " * 1000 + "written", id="a question"),
        pytest.param("\U0001f389" * 5000, id="emoji"),
        pytest.param("<@123456789012345678>" * 200, id="mentions"),
    ],
)
@pytest.mark.timeout(5)
def test_parse_sentence_of_a_very_long_text_ends_soon(text: str) -> None:
    assert isinstance(parse_sentence(text, TODAY), Wish)


def test_parse_sentence_of_a_long_text_takes_its_links() -> None:
    one = "As discussed " * 100 + "see https://arxiv.org/abs/2306.05949"

    assert parse_sentence(one, TODAY) == Identified("2306.05949")
    assert parse_sentence(f"{one} and 2401.00001", TODAY) == PapersNamed(f"{one} and 2401.00001")


GUIDE = (Path(__file__).parents[4] / "docs" / "guide.md").read_text(encoding="utf-8")
PLAIN_WORDS = GUIDE[GUIDE.index("## In plain words") : GUIDE.index("Then go on from the last answer")]
ASKED = [
    sentence
    for line in PLAIN_WORDS.splitlines()
    if line.startswith("| `")
    for sentence in re.findall(r"`([^`]+)`", line.split(" | ")[0])
]


@pytest.mark.parametrize("sentence", ASKED)
def test_sentence_of_the_guide_is_understood(sentence: str) -> None:
    wish = parse_sentence(sentence, TODAY)
    assert not isinstance(wish, LookUp) or sentence in {"Sasha Luccioni", "anything about green AI?"}
