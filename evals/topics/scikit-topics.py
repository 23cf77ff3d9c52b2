"""scikit-learn's NMF for topic-coherence.ts: jobs as JSON on stdin, the eight strongest words of each topic out."""
import json
import sys
import warnings

from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer

warnings.simplefilter("ignore")
results = []
for job in json.load(sys.stdin):
    vectoriser = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True, min_df=4, max_features=1500)
    model = NMF(n_components=job["topics"], init="nndsvd", max_iter=200, random_state=1)
    model.fit(vectoriser.fit_transform(job["texts"]))
    names = vectoriser.get_feature_names_out()
    results.append([[names[i] for i in topic.argsort()[::-1][:8]] for topic in model.components_])
print(json.dumps(results))
