"""scikit-learn at the settings of models.ts: a data set and a model as JSON on stdin, figures as JSON on stdout."""
import json
import statistics
import sys
import time

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

no_limit = 0x7FFFFFFF


def limit(features):
    return None if features >= no_limit else features


def vectoriser(settings):
    common = {"sublinear_tf": settings["sublinear"], "min_df": settings["minDocuments"]}
    parts = []
    if settings["words"] > 0:
        parts.append(("words", TfidfVectorizer(
            ngram_range=(1, settings["words"]), max_features=limit(settings["maxWordFeatures"]), **common)))
    if settings["characters"][1] > 0:
        parts.append(("characters", TfidfVectorizer(
            analyzer="char_wb", ngram_range=tuple(settings["characters"]),
            max_features=limit(settings["maxCharacterFeatures"]), **common)))
    return parts[0][1] if len(parts) == 1 else FeatureUnion(parts)


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


job = json.load(sys.stdin)
train, test, model = job["set"]["train"], job["set"]["test"], job["model"]
vector = vectoriser(model["features"])
matrix, features = timed(lambda: vector.fit_transform(train["texts"]))
tasks = {}
for task, labels in train["labels"].items():
    if model["learner"] == "linear-svm":
        learner = LinearSVC(C=1, class_weight="balanced")
    else:
        learner = LogisticRegression(C=1, class_weight="balanced", max_iter=1000)
    _, fit = timed(lambda: learner.fit(matrix, labels))
    files = [timed(lambda: learner.predict(vector.transform(test["texts"])).tolist()) for _ in range(3)]
    predictions, file = min(files, key=lambda run: run[1]["cpu"])
    single = [timed(lambda: learner.predict(vector.transform([text])))[1]["wall"] for text in test["texts"][:300]]
    tasks[task] = {"predictions": predictions, "fit": fit, "file": file,
                   "ticketMilliseconds": statistics.median(single) * 1000}
print(json.dumps({"version": sklearn.__version__, "features": features, "columns": matrix.shape[1], "tasks": tasks}))
