package org.qsmnode.route;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.digest.Digests;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;

/**
 * The folder in which one turn of a job writes its results, {@code .JOB-TURN}. {@link #publish}
 * makes it the folder of the job, {@code JOB}. It does so within the transaction that ends the
 * turn. A node that was silent, and whose job runs elsewhere by now, thus never touches the other's
 * files.
 */
final class ResultFolder implements Closeable {

  private final Path results;
  private final Path place;
  private final Path part;

  private ResultFolder(Path results, JobRow job) {
    this.results = results;
    this.place = results.resolve(job.jobId());
    this.part = results.resolve("." + job.jobId() + "-" + job.turn());
  }

  /** An empty folder for this turn; what earlier turns left is deleted. */
  static ResultFolder begin(Path results, JobRow job) throws IOException {
    for (long turn = 1; turn <= job.turn(); turn++) {
      deleteRecursively(results.resolve("." + job.jobId() + "-" + turn));
    }
    ResultFolder folder = new ResultFolder(results, job);
    Files.createDirectories(folder.part);
    return folder;
  }

  /** Where this turn writes. */
  Path path() {
    return part;
  }

  /**
   * Forces files and folders to the disk.
   *
   * @return the series with the paths that their files will have once published
   */
  List<ResultSeries> makeDurable(List<DerivedSeriesFiles> derived) throws IOException {
    List<ResultSeries> series = new ArrayList<>();
    for (DerivedSeriesFiles one : derived) {
      List<ResultSeries.ResultFile> files = new ArrayList<>();
      for (int i = 0; i < one.files().size(); i++) {
        Path file = one.files().get(i).toAbsolutePath().normalize();
        Spool.force(file);
        files.add(
            new ResultSeries.ResultFile(
                one.sopInstanceUids().get(i),
                results.relativize(place.resolve(part.relativize(file))).toString(),
                Digests.ofFile(file)));
      }
      series.add(new ResultSeries(one.kind().folder(), one.seriesInstanceUid(), files));
    }
    forceFolders();
    return series;
  }

  private void forceFolders() throws IOException {
    try (var folders = Files.find(part, Integer.MAX_VALUE, (path, facts) -> facts.isDirectory())) {
      for (Path folder : folders.toList()) {
        Spool.force(folder);
      }
    }
  }

  /**
   * Makes this the folder of the job, durably, in place of one that an earlier end left. It may be
   * repeated: the transaction of the first time may have been taken back.
   */
  void publish() throws IOException {
    if (Files.exists(part)) {
      deleteRecursively(place);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }
    Spool.force(results);
  }

  /** Deletes what was not published. */
  @Override
  public void close() throws IOException {
    deleteRecursively(part);
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
