"""scikit-learn's largest probability of each text: a job of scikit-peer.ts as JSON on stdin, numbers as JSON on stdout."""
import json
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

job = json.load(sys.stdin)
features = {
    "words": TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=15000),
    "wordsAndCharacters": FeatureUnion([
        ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)),
        ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)),
    ]),
}
found = {}
for name, vectoriser in features.items():
    train = vectoriser.fit_transform([row["text"] for row in job["train"]])
    unseen = vectoriser.transform([row["text"] for row in job["unseen"]])
    model = LogisticRegression(C=1, class_weight="balanced", max_iter=100)
    model.fit(train, [row["intent"] for row in job["train"]])
    found[name] = model.predict_proba(unseen).max(axis=1).tolist()
print(json.dumps(found))
