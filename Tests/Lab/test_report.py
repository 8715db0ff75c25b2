"""The report in a real browser: it loads, every chart is there, no text runs into another."""

import csv
import xml.etree.ElementTree

import pytest

from Lab import browser
from Lab.helpers import Laboratory

needs_browser = pytest.mark.skipif(not browser.chromium(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report of all experiments on two servers, of few items."""
    directory = tmp_path_factory.mktemp("lab") / "all"
    laboratory = Laboratory(directory)
    run = laboratory.run("all", "--items", "1000", "--repeat", "1", "--spawn", "redis=redis-server", timeout=300)
    assert run.status == 0, run.errors
    return run


@needs_browser
@pytest.mark.parametrize("width", [400, 1400])
def test_nothing_overlaps(report, width, tmp_path):
    found = browser.look(report.directory, width, tmp_path)
    assert found["width"] == width
    assert found["errors"] == [] and found["console"] == [] and found["requests"] == []
    assert found["overlaps"] == [] and found["outside"] == []
    assert found["scrollWidth"] <= width
    assert found["texts"] > 300
    assert found["smallest"] >= 10
    charts = [chart["file"].removesuffix(".svg") for chart in report.results["charts"]]
    assert sorted(found["charts"]) == sorted(charts)


def test_all_charts_are_drawn_and_stand_alone(report):
    charts = report.results["charts"]
    assert len(charts) >= 20
    for chart in charts:
        tree = xml.etree.ElementTree.parse(report.directory / chart["file"])
        title = tree.find("{http://www.w3.org/2000/svg}title")
        assert title is not None and title.text == chart["title"]
        text = (report.directory / chart["file"]).read_text()
        assert text.count("http") == 1, "the namespace alone"


@needs_browser
def test_the_file_opens_by_itself(report, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "report.html").write_bytes((report.directory / "report.html").read_bytes())
    made = browser.run_chromium(
        tmp_path / "profile", "--force-dark-mode", "--window-size=1400,1000", f"--screenshot={tmp_path}/dark.png",
        f"file://{alone}/report.html")
    assert made.returncode == 0 and (tmp_path / "dark.png").stat().st_size > 20_000
    assert "CONSOLE" not in made.stderr


def test_files_hold_everything(report):
    results = report.results
    assert results["outcome"] == "complete"
    assert results["machine"]["cores"] > 0 and results["machine"]["processor"]
    assert [server["version"].split()[0] for server in results["servers"]] == ["Snug", "Redis"]
    buckets = [sample for sample in results["samples"] if sample["experiment"] == "buckets"]
    sizes = {sample["x"] for sample in buckets}
    assert len(sizes) >= 25 and min(sizes) == 10 and max(sizes) == 10_000
    assert len(buckets) == 2 * len(sizes)
    for sample in buckets:
        for metric in ("used_bytes", "resident_bytes", "stores_per_second", "fetches_per_second",
                       "store_cpu_nanoseconds", "fetch_cpu_nanoseconds", "store_p50_microseconds",
                       "store_p99_microseconds", "fetch_p50_microseconds", "fetch_p99_microseconds"):
            assert metric in sample, sample
        assert sample["store_p50_microseconds"] <= sample["store_p99_microseconds"]
    with open(report.directory / "results.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(row["experiment"] == "buckets" for row in rows) == 10 * len(buckets)
    assert len({(row["experiment"], row["server"], row["series"], row["x"]) for row in rows}) == len(results["samples"])
    charts = {chart["file"] for chart in results["charts"]}
    assert charts == {path.name for path in report.directory.glob("*.svg")}
