package org.qsmnode.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.camel.StorageClasses;
import org.qsmnode.series.header.HeaderTooLargeException;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Instances;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Retention;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ledger up to the spool after a crash. An object that was acknowledged but whose row
 * was lost with the process is indexed again from its file. A file that the ledger knows with other
 * content, that is no DICOM object, or that a power cut left incomplete goes to quarantine. One
 * whose deletion is owed stays without a row.
 */
public final class SpoolRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolRecovery.class);

  private final Spool spool;
  private final Instances instances;
  private final Retention retention;
  private final Instant examineAt;
  private int unreadable;

  /**
   * A recovery.
   *
   * @param examineAt when studies that got objects back are looked at
   */
  public SpoolRecovery(Spool spool, Ledger ledger, Instant examineAt) {
    this.spool = spool;
    this.instances = ledger.instances();
    this.retention = ledger.retention();
    this.examineAt = examineAt;
  }

  /**
   * Indexes the files without a row again. What cannot be read is left out and counted in the log.
   *
   * @return how many there were
   */
  public int run() {
    int recovered = 0;
    for (Path part : list(spool.objects())) {
      for (Path study : list(part)) {
        recovered += recover(study);
      }
    }
    if (recovered > 0) {
      LOG.info("{} received objects were indexed again from the spool", recovered);
    }
    if (unreadable > 0) {
      LOG.error("{} files or folders of the spool wait for the next start", unreadable);
    }
    return recovered;
  }

  private int recover(Path study) {
    List<Path> files =
        list(study).stream().filter(file -> file.toString().endsWith(".dcm")).toList();
    Set<String> known =
        instances.pathsOf(files.stream().map(SpoolRecovery::sopInstanceUid).toList());
    List<Path> unknown = files.stream().filter(file -> !known.contains(spool.path(file))).toList();
    // asked after the rows: retention takes a row and owes its file in one transaction
    Set<String> owed = retention.owedOf(unknown.stream().map(spool::path).toList());
    return (int)
        unknown.stream()
            .filter(file -> !owed.contains(spool.path(file)) && recoverFile(file))
            .count();
  }

  private static String sopInstanceUid(Path file) {
    return Spool.sopInstanceUid(file.toString());
  }

  private List<Path> list(Path folder) {
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException | UncheckedIOException e) {
      unreadable(folder, e);
      return List.of();
    }
  }

  private boolean recoverFile(Path file) {
    try {
      return recoverReadable(file);
    } catch (NoSuchFileException e) {
      LOG.debug("another node of this spool took {} away", sopInstanceUid(file));
    } catch (IOException | UncheckedIOException e) {
      unreadable(file, e);
    }
    return false;
  }

  private void unreadable(Path path, Exception cause) {
    unreadable++;
    LOG.warn("{} cannot be read", path.getFileName(), QuietTrace.of(cause));
  }

  private boolean recoverReadable(Path file) throws IOException {
    try {
      InstanceRow row = row(file);
      if (!Spool.isWhole(file, row.digest())) {
        LOG.warn("{} is not whole; it goes to quarantine", sopInstanceUid(file));
      } else if (instances.add(row, examineAt)) {
        return true;
      } else if (instances.pathsOf(List.of(row.sopInstanceUid())).contains(row.path())) {
        return false; // another node of this spool was first
      } else {
        LOG.warn("{} is known with other content; it goes to quarantine", sopInstanceUid(file));
      }
    } catch (RefusedException e) {
      LOG.warn("{} cannot be read; it goes to quarantine", sopInstanceUid(file));
    } catch (HeaderTooLargeException e) {
      LOG.error("{} stays in the spool without a row: {}", sopInstanceUid(file), e.getMessage());
      return false;
    }
    spool.quarantine(file);
    return false;
  }

  private InstanceRow row(Path file) throws RefusedException, IOException {
    IndexedInstance index = InstanceReader.index(file);
    Part10Header header = Part10Header.read(file);
    FileTime written = Files.getLastModifiedTime(file);
    return new InstanceRow(
        index.sopInstanceUid(),
        index.sopClassUid(),
        index.studyInstanceUid(),
        index.seriesInstanceUid(),
        Spool.digestOfDataSet(file),
        spool.path(file),
        Files.size(file) - header.length(),
        header.sourceAeTitle(),
        written.toInstant().truncatedTo(ChronoUnit.MILLIS),
        StorageClasses.IMAGES.contains(index.sopClassUid()) ? index.toJson() : null);
  }
}
