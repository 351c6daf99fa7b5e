"""Tests of shell commands in directories of any name: what stands for a path is quoted where its name needs it."""
import os
import shlex

import lit.formats
import lit.TestRunner


class QuotedShTest(lit.formats.ShTest):
    def execute(self, test, litConfig):
        source = test.getSourcePath()
        _, base = lit.TestRunner.getTempPaths(test)
        paths = [("%s", source), ("%S", os.path.dirname(source)), ("%t", base + ".tmp")]
        # The suite's own come first: they speak of the test's paths, too.
        substitutions = test.config.substitutions + [(name, shlex.quote(path)) for name, path in paths]
        return lit.TestRunner.executeShTest(test, litConfig, self.execute_external, substitutions)
