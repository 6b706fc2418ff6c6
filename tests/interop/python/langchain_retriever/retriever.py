"""A LangChain retriever over POST /retrieve, as short as a Python application would write it."""

from typing import Any

import httpx
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever


class NssCopilotRetriever(BaseRetriever):
    base_url: str
    k: int = 5

    def _get_relevant_documents(self, query: str, *, k: int | None = None, **_: Any) -> list[Document]:
        body = {"query": query, "limit": k or self.k, "maxTokens": 8000, "quickScan": False}
        answer = httpx.post(f"{self.base_url}/retrieve", json=body).raise_for_status().json()
        return [
            Document(id=passage["id"], page_content=passage["text"], metadata=passage["citation"])
            for passage in answer["passages"]
        ]
