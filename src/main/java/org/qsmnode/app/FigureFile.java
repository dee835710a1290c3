package org.qsmnode.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qsmnode.evaluate.FigureJson;
import picocli.CommandLine.Option;

/** Where the commands that print figures also write them. */
final class FigureFile {

  @Option(names = "--json", paramLabel = "F", description = "also writes all figures as JSON")
  private @Nullable Path json;

  void write(Map<String, Object> figures) throws IOException {
    if (json != null) {
      FigureJson.write(figures, json);
    }
  }
}
