"""scikit-learn on the same tickets: words 1-2 and characters 3-5, TF-IDF, multinomial logistic regression.

Usage: scikit.py TRAIN.jsonl TICKETS.jsonl; prints tickets per second, one at a time (500) and in one batch.
"""
import json
import statistics
import sys
import time

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union


def texts(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def text_of(row):
    return row["subject"] + "\n" + row["body"]


train = [r for r in texts(sys.argv[1]) if r["split"] == "train" and r["category"]]
rows = [text_of(r) for r in texts(sys.argv[2])]
model = make_pipeline(
    make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    ),
    LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
)
model.fit([text_of(r) for r in train], [r["category"] for r in train])
single = []
for row in rows[:500]:
    started = time.perf_counter()
    model.predict_proba([row])
    single.append(time.perf_counter() - started)
batch = []
for _ in range(3):
    started = time.perf_counter()
    model.predict_proba(rows[:6000])
    batch.append(6000 / (time.perf_counter() - started))
print(json.dumps({
    "scikit_version": sklearn.__version__,
    "scikit_one_at_a_time_per_second": round(1 / statistics.median(single)),
    "scikit_batch_per_second": round(statistics.median(batch)),
}))
