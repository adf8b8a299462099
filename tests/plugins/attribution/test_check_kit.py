"""Each check passes the kit for checks: on a story that it reports, and on one that is in order."""

from __future__ import annotations

import pytest

import copydesk_english
from copydesk import Document, Pipeline
from copydesk.findings.notices import NOTICES
from copydesk.testing import CheckConformance
from copydesk_attribution.checks import CHECKS

IN_ORDER = """Council votes on bridge

Ann Lee, the mayor of Leeds, opposes the plan. "It will ruin the whole town," Lee said.
"""

REPORTED = {
    "ATT101": 'The council votes on Monday.\n\n"This plan will surely ruin the whole town." The council votes again.\n',
    "ATT102": 'The town waits.\n\n"It rained. We were wet. We went home at once," said Ann Lee.\n',
    "ATT106": 'The plan is out.\n\n"It will ruin the whole town for years," Ann Lee said.\n\n'
    '"It will ruin the whole town for years," said Bob Ray.\n',
    "ATT107": "Council meets\n\nAnn Lee is the mayor. Lee embezzled the money of the town for years. It rained.\n",
    "ATT108": "Council meets\n\nBob Ray accused Ann Lee of theft on Monday. The council meets on Tuesday.\n",
    "ATT109": "Man held\n\nBob Ray was arrested on Monday, and he denies it.\n\nThe killer, Bob Ray, lived alone.\n",
    "ATT201": "The Pentagon spoke.\n\nThe council met on Monday. Warren said that the plan would fail.\n",
    "ATT202": 'The plan is out.\n\n"It will ruin the town," Lee said.\n\nMayor Ann Lee has been in office since May.\n',
    "ATT203": "Moscow spoke.\n\nRussia’s Sergei Lavrov said that Moscow could work with the coalition.\n",
    "ATT204": "The Pentagon stands firm.\n\nSteve Warren's remarks were in line with the stance of the Pentagon.\n",
    "ATT207": "Shop to close\n\nAnn Lee and her partner Tom Lee opened the shop in May.\n\nLee said it would close.\n",
    "ATT208": "Rain in Leeds\n\nKaren Bloom opposes the plan to build there. Bloom said it would fail. It rained. "
    "Bloom also fears for the town, she added.\n\nBloom, the mayor of Leeds, was elected in May.\n",
    "ATT301": "The deal was late.\n\nA source said the deal was dead.\n",
    "ATT302": "The bridge is old.\n\nExperts say the bridge is unsafe.\n",
    "ATT401": "The visit began.\n\nForeign Minister Ann Lee arrived on Monday.\n\nDefence Minister Ann Lee said it rained.\n",
    "ATT403": "Paris spoke.\n\nRussian Foreign Minister Laurent Fabius told reporters that it rained.\n",
    "ATT404": "The show opened.\n\nEva Maurer opened the show. The painter Mauer thanked the town.\n",
    "ATT405": "Search goes on\n\nCaptain Ann Lee led the search on Monday.\n\nSergeant Ann Lee said it rained.\n",
    "ATT406": "Lab finds ice\n\nFrench chemist Bob Ray was there.\n\nRay, a Belgian chemist, said it rained.\n",
    "ATT407": "Senate votes\n\nSenator John Smith (R-Ohio) came on Monday.\n\nSmith, a Democrat, said it rained.\n",
    "ATT408": "Lab finds ice\n\nThe 34-year-old Bob Ray was there.\n\nThe 43-year-old Ray said it rained.\n",
    "ATT409": "Study is out\n\nThe Wessex Institution published it.\n\nThe Wessex Institute said it rained.\n",
    "ATT501": 'Operations go on.\n\n"Operations are under way," the general said, according to state news agency Tass.\n',
    "ATT502": "The bridge is old.\n\nLocal media reported that the bridge was closed.\n",
    "ATT601": "The pipe leaked.\n\nThe leak cost $4 million.\n",
    "ATT602": "The fire is out.\n\nTwelve people died in the fire, police said.\n\nRelatives of the 14 dead were told.\n",
    "ATT603": "Steel is back.\n\nOutput rose from 40 to 50 tonnes, up 20 percent, the company said.\n",
    "ATT604": "Turnout is up\n\nTurnout was 5,200 of the 4,800 registered voters, the town said.\n",
    "ATT606": "Council to meet\n\nThe council meets on Tuesday, March 3, 2016.\n",
    "ATT607": "Moscow waits.\n\nThe president will visit Moscow next week.\n",
    "ATT608": "Town burns\n\nThe fire began on Monday.\n\nThe fire began on Tuesday in a kitchen.\n",
    "ATT609": "Town divided\n\nA poll found that 46 percent of voters back the plan. The council meets on Monday.\n",
    "ATT701": 'The search goes on.\n\n"We found nothing, said Ann Lee. The search goes on.\n',
    "ATT801": '‘Total disaster’ at the port\n\n"It was difficult," the captain, Ann Lee, said on Monday.\n',
    "ATT802": "14 dead in bridge collapse\n\nTwelve people were killed when the bridge fell, police said.\n",
    "ATT804": "Minister resigns over leak\n\nThe minister may resign over the leak, aides to the minister said.\n",
}
TABLE = """- name: Laurent Fabius
  office: foreign minister
  country: France
  from: 2012-05-16
  to: 2016-02-11
"""


@pytest.fixture(autouse=True)
def _growth_is_measured_of_all_together(request):
    if request.function.__name__ == "test_time_grows_linearly":
        pytest.skip("the kit for components measures how the cost of all checks together grows")


@pytest.fixture(scope="module", autouse=True)
def _layers(tmp_path_factory):
    """The layers that the checks read, as the other plugins make them."""
    (table := tmp_path_factory.mktemp("tables") / "offices.yaml").write_text(TABLE, encoding="utf-8")
    codes = list(REPORTED)
    with Pipeline.load("newsroom").without("attribution").open(lanes=1) as desk:
        texts = [*REPORTED.values(), IN_ORDER]
        nlp = copydesk_english.load()  # a check that reads the parse needs a real one to report something
        *reported, in_order = (desk(Document(text)).with_doc(nlp(text)) for text in texts)
    for code, document in zip(codes, reported, strict=True):
        KITS[code].reports = [document]
        KITS[code].passes = [in_order]
    KITS["ATT403"].configs = ({"reference": str(table)},)


def _kit(check):
    return type(f"Test{check.__name__}", (CheckConformance,), {"check": check, "__module__": __name__})


KITS = {check.code: _kit(check) for check in CHECKS}
globals().update({kit.__name__: kit for kit in KITS.values()})


def test_every_check_has_its_story():
    assert REPORTED.keys() == {check.code for check in CHECKS}
    assert not REPORTED.keys() & {notice.code for notice in NOTICES}  # they are no rules about a story
