package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.QuietTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which commands leave requests for the running node, since it alone has the embedded
 * database. Each request is a file, answered by a file of its name. A request waits until a node
 * runs.
 */
public final class RequestBox {

  private static final Logger LOG = LoggerFactory.getLogger(RequestBox.class);
  private static final String REQUEST = ".request";
  private static final String ANSWER = ".answer";
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Path folder;

  public RequestBox(NodeSettings settings) {
    this.folder = settings.folders().work().resolve("requests");
  }

  /**
   * Leaves a request and waits for its answer.
   *
   * @return empty when no node answered in time; the request stays
   */
  public Optional<List<String>> ask(ReprocessingRequest request, Duration wait)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String name = UUID.randomUUID().toString();
    write(name + REQUEST, List.of(request.line()));
    Path answer = folder.resolve(name + ANSWER);
    for (long left = wait.toMillis(); left > 0; left -= LOOK.toMillis()) {
      if (Files.exists(answer)) {
        List<String> lines = Files.readAllLines(answer);
        Files.delete(answer);
        return Optional.of(lines);
      }
      Thread.sleep(LOOK.toMillis());
    }
    return Optional.empty();
  }

  /** Answers every request that waits; called by the node. */
  void answer(ReprocessingDesk desk) throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> requests;
    try (Stream<Path> list = Files.list(folder)) {
      requests = list.filter(RequestBox::isWhole).sorted().toList();
    }
    for (Path file : requests) {
      List<String> lines;
      try {
        lines = desk.answer(ReprocessingRequest.parse(Files.readString(file)));
      } catch (IOException | DicomStatusException | IllegalArgumentException e) {
        LOG.warn("a request failed: {}", e.getMessage());
        lines = List.of("failed: " + e.getMessage());
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error("a request failed", QuietTrace.of(e));
        lines = List.of("failed: " + e.getClass().getSimpleName());
      }
      String name = String.valueOf(file.getFileName());
      write(name.substring(0, name.length() - REQUEST.length()) + ANSWER, lines);
      Files.delete(file);
    }
  }

  /** Files that are still being written begin with a dot. */
  private static boolean isWhole(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(REQUEST) && !name.startsWith(".");
  }

  private void write(String name, List<String> lines) throws IOException {
    Path part = folder.resolve("." + name);
    Files.write(part, lines);
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
