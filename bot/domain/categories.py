"""arXiv's archives and categories: codes, names, and what people write for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

# https://arxiv.org/category_taxonomy: every category that papers are listed in today, aliases included.
_TAXONOMY = """
astro-ph Astrophysics
astro-ph.CO Cosmology and Nongalactic Astrophysics
astro-ph.EP Earth and Planetary Astrophysics
astro-ph.GA Astrophysics of Galaxies
astro-ph.HE High Energy Astrophysical Phenomena
astro-ph.IM Instrumentation and Methods for Astrophysics
astro-ph.SR Solar and Stellar Astrophysics
cond-mat Condensed Matter
cond-mat.dis-nn Disordered Systems and Neural Networks
cond-mat.mes-hall Mesoscale and Nanoscale Physics
cond-mat.mtrl-sci Materials Science
cond-mat.other Other Condensed Matter
cond-mat.quant-gas Quantum Gases
cond-mat.soft Soft Condensed Matter
cond-mat.stat-mech Statistical Mechanics
cond-mat.str-el Strongly Correlated Electrons
cond-mat.supr-con Superconductivity
cs Computer Science
cs.AI Artificial Intelligence
cs.AR Hardware Architecture
cs.CC Computational Complexity
cs.CE Computational Engineering, Finance, and Science
cs.CG Computational Geometry
cs.CL Computation and Language
cs.CR Cryptography and Security
cs.CV Computer Vision and Pattern Recognition
cs.CY Computers and Society
cs.DB Databases
cs.DC Distributed, Parallel, and Cluster Computing
cs.DL Digital Libraries
cs.DM Discrete Mathematics
cs.DS Data Structures and Algorithms
cs.ET Emerging Technologies
cs.FL Formal Languages and Automata Theory
cs.GL General Literature
cs.GR Graphics
cs.GT Computer Science and Game Theory
cs.HC Human-Computer Interaction
cs.IR Information Retrieval
cs.IT Information Theory
cs.LG Machine Learning
cs.LO Logic in Computer Science
cs.MA Multiagent Systems
cs.MM Multimedia
cs.MS Mathematical Software
cs.NA Numerical Analysis
cs.NE Neural and Evolutionary Computing
cs.NI Networking and Internet Architecture
cs.OH Other Computer Science
cs.OS Operating Systems
cs.PF Performance
cs.PL Programming Languages
cs.RO Robotics
cs.SC Symbolic Computation
cs.SD Sound
cs.SE Software Engineering
cs.SI Social and Information Networks
cs.SY Systems and Control
econ Economics
econ.EM Econometrics
econ.GN General Economics
econ.TH Theoretical Economics
eess Electrical Engineering and Systems Science
eess.AS Audio and Speech Processing
eess.IV Image and Video Processing
eess.SP Signal Processing
eess.SY Systems and Control
gr-qc General Relativity and Quantum Cosmology
hep-ex High Energy Physics - Experiment
hep-lat High Energy Physics - Lattice
hep-ph High Energy Physics - Phenomenology
hep-th High Energy Physics - Theory
math Mathematics
math.AC Commutative Algebra
math.AG Algebraic Geometry
math.AP Analysis of PDEs
math.AT Algebraic Topology
math.CA Classical Analysis and ODEs
math.CO Combinatorics
math.CT Category Theory
math.CV Complex Variables
math.DG Differential Geometry
math.DS Dynamical Systems
math.FA Functional Analysis
math.GM General Mathematics
math.GN General Topology
math.GR Group Theory
math.GT Geometric Topology
math.HO History and Overview
math.IT Information Theory
math.KT K-Theory and Homology
math.LO Logic
math.MG Metric Geometry
math.MP Mathematical Physics
math.NA Numerical Analysis
math.NT Number Theory
math.OA Operator Algebras
math.OC Optimization and Control
math.PR Probability
math.QA Quantum Algebra
math.RA Rings and Algebras
math.RT Representation Theory
math.SG Symplectic Geometry
math.SP Spectral Theory
math.ST Statistics Theory
math-ph Mathematical Physics
nlin Nonlinear Sciences
nlin.AO Adaptation and Self-Organizing Systems
nlin.CD Chaotic Dynamics
nlin.CG Cellular Automata and Lattice Gases
nlin.PS Pattern Formation and Solitons
nlin.SI Exactly Solvable and Integrable Systems
nucl-ex Nuclear Experiment
nucl-th Nuclear Theory
physics Physics
physics.acc-ph Accelerator Physics
physics.ao-ph Atmospheric and Oceanic Physics
physics.app-ph Applied Physics
physics.atm-clus Atomic and Molecular Clusters
physics.atom-ph Atomic Physics
physics.bio-ph Biological Physics
physics.chem-ph Chemical Physics
physics.class-ph Classical Physics
physics.comp-ph Computational Physics
physics.data-an Data Analysis, Statistics and Probability
physics.ed-ph Physics Education
physics.flu-dyn Fluid Dynamics
physics.gen-ph General Physics
physics.geo-ph Geophysics
physics.hist-ph History and Philosophy of Physics
physics.ins-det Instrumentation and Detectors
physics.med-ph Medical Physics
physics.optics Optics
physics.plasm-ph Plasma Physics
physics.pop-ph Popular Physics
physics.soc-ph Physics and Society
physics.space-ph Space Physics
q-bio Quantitative Biology
q-bio.BM Biomolecules
q-bio.CB Cell Behavior
q-bio.GN Genomics
q-bio.MN Molecular Networks
q-bio.NC Neurons and Cognition
q-bio.OT Other Quantitative Biology
q-bio.PE Populations and Evolution
q-bio.QM Quantitative Methods
q-bio.SC Subcellular Processes
q-bio.TO Tissues and Organs
q-fin Quantitative Finance
q-fin.CP Computational Finance
q-fin.EC Economics
q-fin.GN General Finance
q-fin.MF Mathematical Finance
q-fin.PM Portfolio Management
q-fin.PR Pricing of Securities
q-fin.RM Risk Management
q-fin.ST Statistical Finance
q-fin.TR Trading and Market Microstructure
quant-ph Quantum Physics
stat Statistics
stat.AP Applications
stat.CO Computation
stat.ME Methodology
stat.ML Machine Learning
stat.OT Other Statistics
stat.TH Statistics Theory
"""
_NAMES = dict(line.split(" ", 1) for line in _TAXONOMY.split("\n") if line)

ARCHIVES: Mapping[str, str] = MappingProxyType(
    {code: name for code, name in _NAMES.items() if "." not in code}
)

_DIVIDED = frozenset(code.partition(".")[0] for code in _NAMES if "." in code)

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {code: name for code, name in _NAMES.items() if code not in _DIVIDED}
)

# arXiv lists a paper under both; the right-hand code is the one it treats as the category's own.
_ALIASES = {
    "math.MP": "math-ph", "stat.TH": "math.ST", "math.IT": "cs.IT", "q-fin.EC": "econ.GN", "cs.SY": "eess.SY",
    "cs.NA": "math.NA",
}  # fmt: skip

# Archives that were closed, and the categories that took them over.
_CLOSED = {
    "cmp-lg": "cs.CL", "adap-org": "nlin.AO", "comp-gas": "nlin.CG", "chao-dyn": "nlin.CD",
    "solv-int": "nlin.SI", "patt-sol": "nlin.PS", "alg-geom": "math.AG", "dg-ga": "math.DG",
    "funct-an": "math.FA", "q-alg": "math.QA", "mtrl-th": "cond-mat.mtrl-sci",
    "supr-con": "cond-mat.supr-con", "acc-phys": "physics.acc-ph", "ao-sci": "physics.ao-ph",
    "atom-ph": "physics.atom-ph", "bayes-an": "physics.data-an", "chem-ph": "physics.chem-ph",
    "plasm-ph": "physics.plasm-ph",
}  # fmt: skip

# What people call a category. Names that two categories share go to the first that is listed here.
_SPOKEN = {
    "machine learning": "cs.LG", "ml": "cs.LG", "deep learning": "cs.LG",
    "statistical machine learning": "stat.ML",
    "nlp": "cs.CL", "natural language processing": "cs.CL", "computational linguistics": "cs.CL",
    "language": "cs.CL", "computer vision": "cs.CV", "vision": "cs.CV", "pattern recognition": "cs.CV",
    "security": "cs.CR", "cryptography": "cs.CR", "crypto": "cs.CR", "society": "cs.CY", "hci": "cs.HC",
    "human computer interaction": "cs.HC", "information theory": "cs.IT", "game theory": "cs.GT",
    "neural networks": "cs.NE", "networking": "cs.NI", "algorithms": "cs.DS", "data structures": "cs.DS",
    "distributed computing": "cs.DC", "multi agent systems": "cs.MA", "social networks": "cs.SI",
    "formal languages": "cs.FL", "logic": "math.LO", "architecture": "cs.AR", "speech": "eess.AS",
    "audio": "eess.AS", "image processing": "eess.IV", "electrical engineering": "eess",
    "systems and control": "eess.SY", "numerical analysis": "math.NA", "statistics theory": "math.ST",
    "mathematical physics": "math-ph", "economics": "econ", "cosmology": "astro-ph.CO",
    "galaxies": "astro-ph.GA",
    "exoplanets": "astro-ph.EP", "planets": "astro-ph.EP", "general relativity": "gr-qc", "gravity": "gr-qc",
    "lattice": "hep-lat", "phenomenology": "hep-ph", "string theory": "hep-th", "quantum": "quant-ph",
    "quantum computing": "quant-ph", "quantum information": "quant-ph", "biology": "q-bio",
    "finance": "q-fin",
    "neuroscience": "q-bio.NC", "maths": "math", "stats": "stat", "cs": "cs", "astronomy": "astro-ph",
    "pdes": "math.AP", "optimization": "math.OC", "probability theory": "math.PR",
    "materials": "cond-mat.mtrl-sci",
}  # fmt: skip

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    """Return letters and digits alone, so that `cs/cy`, `cs cy` and `cs.CY` are one."""
    return _NOT_ALPHANUMERIC.sub("", text.casefold().replace("&", " and "))


@cache
def _codes_by_key() -> dict[str, str]:
    """Return what a text may be once only letters count; earlier entries win."""
    found: dict[str, str] = {}
    for code in _NAMES:
        found.setdefault(_key(code), _ALIASES.get(code, code))
    for code, successor in _CLOSED.items():
        found.setdefault(_key(code), successor)
    for name, code in _SPOKEN.items():
        found.setdefault(_key(name), code)
    for code, name in _NAMES.items():
        found.setdefault(_key(name), _ALIASES.get(code, code))
    return found


@cache
def _codes_by_short() -> dict[str, str]:
    """Return categories by their last part in capitals (`CY`); computer science wins where two share it."""
    found: dict[str, str] = {}
    for code in sorted(_NAMES, key=lambda code: (not code.startswith("cs."), code)):
        short = code.rpartition(".")[2]
        if short.isupper():
            found.setdefault(short, _ALIASES.get(code, code))
    return found


def parse_category(text: str) -> str | None:
    """Return the category or archive that a code, a name or a common word for it means.

    Of two codes for one listing arXiv's own choice is returned (`math.MP` is `math-ph`).
    """
    text = text.strip().strip("`'\"()[]<>.,;:!?#")
    if len(text) > 100:
        return None
    return _codes_by_short().get(text) or _codes_by_key().get(_key(text))


def nearest_categories(text: str, limit: int = 3) -> tuple[str, ...]:
    """Return the categories whose code or name comes nearest in spelling, the nearest first."""
    folded = " ".join(_NOT_ALPHANUMERIC.sub(" ", text.casefold()).split())[:100]
    if not folded:
        return ()
    choices = {code: name.casefold() for code, name in _NAMES.items() if code not in _ALIASES}
    by_code = process.extract(
        _key(folded), {code: _key(code) for code in choices}, scorer=fuzz.ratio, limit=limit, score_cutoff=65
    )
    by_name = process.extract(folded, choices, scorer=fuzz.WRatio, limit=limit, score_cutoff=70)
    ranked = sorted([*by_code, *by_name], key=lambda hit: -hit[1])
    return tuple(dict.fromkeys(str(hit[2]) for hit in ranked))[:limit]


def category_name(code: str) -> str:
    """Return a category's or archive's name, the code itself where there is none."""
    return _NAMES.get(code, code)


def archive_of(code: str) -> str:
    """Return the archive that a category belongs to."""
    return code.partition(".")[0]


def short_code(code: str) -> str:
    """Return the part of a code that list lines show (`CY`)."""
    return code.rpartition(".")[2]


def is_within(code: str, category: str) -> bool:
    """Say whether a category is the given one, or belongs to the given archive."""
    return code == category or code.startswith(f"{category}.")
