"""What buttons and menus do; they work on messages of any age, as all state is in the `custom_id`."""

from __future__ import annotations

from bot.cards.actions.authors import (
    AuthorChoice,
    CoauthorsButton,
    CoauthorSelect,
    FollowButton,
    PapersButton,
)
from bot.cards.actions.base import Action
from bot.cards.actions.discuss import DiscussButton
from bot.cards.actions.library import SaveButton, VoteButton, VoteSelect
from bot.cards.actions.lists import PageButton, PaperSelect
from bot.cards.actions.numbers import (
    AboutAuthorButton,
    AboutNumbersButton,
    AboutPaperButton,
    SimilarButton,
)
from bot.cards.actions.papers import AnnouncementButton, FullAbstractButton, NearestButton
from bot.cards.actions.privacy import ExportButton, ForgetButton, ForgetQuestion, PrivacyButton
from bot.cards.actions.references import CiteAuthorButton, CiteButton, FormButton
from bot.cards.actions.setup import SetUpStep
from bot.cards.actions.tuning import TuningMenu, UndoTuning
from bot.cards.actions.watches import (
    ChangeWatch,
    PauseWatch,
    RemoveWatch,
    ResumeWatch,
    SettingSelect,
    WatchSelect,
)
from bot.cards.actions.welcome import LookUpButton

DYNAMIC_ITEMS: tuple[type[Action], ...] = (
    PapersButton,
    FollowButton,
    CoauthorsButton,
    CoauthorSelect,
    PageButton,
    PaperSelect,
    AuthorChoice,
    FullAbstractButton,
    AnnouncementButton,
    NearestButton,
    ForgetButton,
    ForgetQuestion,
    AboutPaperButton,
    AboutAuthorButton,
    AboutNumbersButton,
    SimilarButton,
    TuningMenu,
    UndoTuning,
    CiteButton,
    CiteAuthorButton,
    SaveButton,
    VoteButton,
    VoteSelect,
    FormButton,
    ChangeWatch,
    SettingSelect,
    PauseWatch,
    RemoveWatch,
    ResumeWatch,
    WatchSelect,
    SetUpStep,
    LookUpButton,
    DiscussButton,
    PrivacyButton,
    ExportButton,
)
"""Every component that acts; the client registers them once."""
