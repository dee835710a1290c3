package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.StorageClasses;
import org.qsmnode.series.HeaderTooLargeException;
import org.qsmnode.series.IndexedInstance;
import org.qsmnode.series.InstanceReader;
import org.qsmnode.series.RefusedException;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Instances;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ledger up to the spool after a crash. An object that was acknowledged but whose row
 * was lost with the process is indexed again from its file. A file that the ledger knows with other
 * content, that cannot be read, or that a power cut left incomplete goes to quarantine.
 */
public final class SpoolRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolRecovery.class);

  private final Spool spool;
  private final Instances instances;
  private final Instant examineAt;

  /**
   * A recovery.
   *
   * @param examineAt when studies that got objects back are looked at
   */
  public SpoolRecovery(Spool spool, Instances instances, Instant examineAt) {
    this.spool = spool;
    this.instances = instances;
    this.examineAt = examineAt;
  }

  /**
   * Indexes the files without a row again.
   *
   * @return how many there were
   */
  public int run() throws IOException {
    int recovered = 0;
    try (Stream<Path> folders = spool.studyFolders()) {
      for (Path folder : folders.toList()) {
        recovered += recover(folder);
      }
    }
    if (recovered > 0) {
      LOG.info("{} received objects were indexed again from the spool", recovered);
    }
    return recovered;
  }

  private int recover(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> file.toString().endsWith(".dcm")).toList();
    }
    Set<String> known =
        instances.pathsOf(files.stream().map(SpoolRecovery::sopInstanceUid).toList());
    int recovered = 0;
    for (Path file : files) {
      if (!known.contains(spool.path(file)) && recoverFile(file)) {
        recovered++;
      }
    }
    return recovered;
  }

  private static String sopInstanceUid(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, Math.max(0, name.indexOf('-')));
  }

  private boolean recoverFile(Path file) throws IOException {
    try {
      InstanceRow row = row(file);
      if (!Spool.isWhole(file, row.digest())) {
        LOG.warn("{} is not whole; it goes to quarantine", sopInstanceUid(file));
      } else if (instances.add(row, examineAt)) {
        return true;
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
