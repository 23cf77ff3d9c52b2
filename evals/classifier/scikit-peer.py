"""scikit-learn at the settings of compare-scikit.ts: a job as JSON on stdin, figures as JSON on stdout."""
import json
import statistics
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import FeatureUnion

job = json.load(sys.stdin)
settings = job["settings"]
common = {"sublinear_tf": settings["sublinear"], "min_df": settings["minDocuments"]}
union = FeatureUnion([
    ("words", TfidfVectorizer(ngram_range=(1, settings["words"]), max_features=settings["maxWordFeatures"], **common)),
    ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=tuple(settings["characters"]),
                                   max_features=settings["maxCharacterFeatures"], **common)),
])

start = time.process_time()
train = union.fit_transform([row["text"] for row in job["train"]])
feature_seconds = time.process_time() - start
start = time.process_time()
dev = union.transform([row["text"] for row in job["dev"]])
transform = (time.process_time() - start) * 1000 / len(job["dev"])

single = 0.0
tasks = {}
for task in job["tasks"]:
    model = LogisticRegression(C=job["c"], class_weight="balanced", max_iter=200)
    start = time.process_time()
    model.fit(train, [row["labels"][task] for row in job["train"]])
    fit_seconds = time.process_time() - start
    truth = [row["labels"][task] for row in job["dev"]]
    predictions = model.predict(dev).tolist()
    tasks[task] = {
        "predictions": predictions,
        "fitSeconds": fit_seconds,
        "macroF1": f1_score(truth, predictions, average="macro"),
        "accuracy": accuracy_score(truth, predictions),
    }
    if task == job["tasks"][0]:
        times = []
        for row in job["dev"][:300]:
            start = time.perf_counter()
            model.predict_proba(union.transform([row["text"]]))
            times.append((time.perf_counter() - start) * 1000)
        single = statistics.median(times)

print(json.dumps({"featureSeconds": feature_seconds, "columns": train.shape[1],
                  "transformMillisecondsPerText": transform, "singleTextMilliseconds": single, "tasks": tasks}))
