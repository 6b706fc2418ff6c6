"""The original suite of langchain-tests over the running service, and what its citations are worth in Python."""

import hashlib

import httpx
import pytest
from langchain_tests.integration_tests import RetrieversIntegrationTests
from retriever import NssCopilotRetriever

QUESTION = "how do I get my NSS?"


class TestNssCopilotRetriever(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _service(self, base_url: str) -> None:
        self.base_url = base_url

    @property
    def retriever_constructor(self) -> type[NssCopilotRetriever]:
        return NssCopilotRetriever

    @property
    def retriever_constructor_params(self) -> dict:
        return {"base_url": self.base_url, "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


def test_citations_can_be_checked_from_python(base_url: str) -> None:
    documents = NssCopilotRetriever(base_url=base_url, k=10).invoke(QUESTION)
    assert len(documents) == 10
    for document in documents:
        guide, language = document.id.split(".")[:2]
        text = httpx.get(f"{base_url}/guides/{guide}.md?lang={language}").text
        citation = document.metadata
        assert hashlib.sha256(text.encode()).hexdigest() == citation["guideSha256"]
        # Offsets are UTF-16, Python counts code points.
        units = text.encode("utf-16-le")[2 * citation["start"] : 2 * citation["end"]]
        assert units.decode("utf-16-le") == document.page_content == citation["quote"]
