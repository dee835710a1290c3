package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.digest.Digests;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Database;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ReprocessingItem;
import org.qsmnode.store.ResultSeries;

/** Looks for what was lost, doubled or left behind; each fault is a sentence. */
final class KillChecks {

  private final Path work;
  private final KillFlow flow;
  private final List<String> faults = new ArrayList<>();

  KillChecks(Path work, KillFlow flow) {
    this.work = work;
    this.flow = flow;
  }

  /** After a kill: each acknowledged object is a file with the bytes that were sent. */
  static List<String> afterKill(Path work, List<KillStudy> studies) throws IOException {
    List<String> faults = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    for (Path file : files(work.resolve("spool").resolve("objects"))) {
      String name = String.valueOf(file.getFileName());
      files.put(name.substring(0, Math.max(0, name.indexOf('-'))), file);
    }
    for (KillStudy study : studies) {
      for (Map.Entry<String, Path> sent : study.acknowledged().entrySet()) {
        Path file = files.get(sent.getKey());
        if (file == null) {
          faults.add("acknowledged object " + sent.getKey() + " is not in the spool");
        } else if (!KillStudy.read(file).equals(KillStudy.read(sent.getValue()))) {
          faults.add("acknowledged object " + sent.getKey() + " has other content");
        }
      }
    }
    return faults;
  }

  /** At the end of a lineage, when the node is idle and closed. */
  List<String> atTheEnd(List<KillStudy> studies, RecordingPacs pacs) throws IOException {
    if (!flow.deletes()) {
      faults.addAll(afterKill(work, studies));
    }
    results(studies, pacs);
    try (Database database =
        Database.open(
            NodeSettings.from(Map.of("node.work.directory", work.toString())).database())) {
      Ledger ledger = Ledger.on(database, Clock.systemUTC());
      ledger(ledger, studies);
      spool(ledger, studies);
      resultFiles(ledger);
    }
    return faults;
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      faults.add(otherwise);
    }
  }

  private void results(List<KillStudy> studies, RecordingPacs pacs) {
    require(pacs.conflicts().isEmpty(), "other bytes under the same UID: " + pacs.conflicts());
    Map<String, Map<String, Integer>> series = new TreeMap<>();
    for (Attributes image : pacs.stored().values()) {
      series
          .computeIfAbsent(image.getString(Tag.StudyInstanceUID, ""), key -> new TreeMap<>())
          .merge(image.getString(Tag.SeriesInstanceUID, ""), 1, Integer::sum);
    }
    for (KillStudy study : studies) {
      List<Integer> counts = List.copyOf(series.getOrDefault(study.uid(), Map.of()).values());
      require(
          counts.equals(List.of(KillStudy.SLICES, KillStudy.SLICES)),
          "study " + study.uid() + " has series of " + counts + " objects at the PACS");
    }
    require(series.size() == studies.size(), "studies at the PACS: " + series.keySet());
  }

  private void ledger(Ledger ledger, List<KillStudy> studies) {
    List<AcquisitionRow> acquisitions = ledger.acquisitions().all();
    require(
        acquisitions.stream().allMatch(row -> row.state() == AcquisitionState.DELIVERED)
            && acquisitions.size() == studies.size(),
        "acquisitions: " + acquisitions);
    for (JobState open : List.of(JobState.QUEUED, JobState.RUNNING, JobState.FAILED)) {
      require(ledger.jobs().inState(open).isEmpty(), "jobs " + open);
    }
    Map<String, Long> first =
        ledger.jobs().inState(JobState.DELIVERED).stream()
            .collect(Collectors.groupingBy(JobRow::acquisitionId, Collectors.counting()));
    require(
        first.size() == studies.size() && first.values().stream().allMatch(n -> n == 1),
        "delivered jobs by acquisition: " + first);
    for (DeliveryState open :
        List.of(
            DeliveryState.PENDING,
            DeliveryState.SENDING,
            DeliveryState.COMMITTING,
            DeliveryState.DEAD)) {
      require(ledger.deliveries().count(open) == 0, "deliveries " + open);
    }
    for (ReprocessingItem item : ledger.reprocessing().all()) {
      require(item.state() == ReprocessingItem.State.DONE, "item of the night: " + item);
    }
    for (AcquisitionRow row : acquisitions) {
      long delivered =
          ledger.acquisitions().history(row.acquisitionId()).stream()
              .filter(entry -> entry.state() == AcquisitionState.DELIVERED)
              .count();
      require(delivered == 1, row.acquisitionId() + " became DELIVERED " + delivered + " times");
    }
  }

  private void spool(Ledger ledger, List<KillStudy> studies) throws IOException {
    Path spool = work.resolve("spool");
    Set<String> rows = new TreeSet<>();
    for (KillStudy study : studies) {
      List<InstanceRow> known = ledger.instances().ofStudy(study.uid());
      known.forEach(row -> rows.add(row.path()));
      require(
          known.size() == KillStudy.OBJECTS || (flow.deletes() && known.isEmpty()),
          "study " + study.uid() + " has " + known.size() + " rows");
    }
    Set<String> there = new TreeSet<>();
    files(spool.resolve("objects")).forEach(file -> there.add(spool.relativize(file).toString()));
    require(there.equals(rows), "spool and ledger differ: " + difference(there, rows));
    require(files(spool.resolve("incoming")).isEmpty(), "half received files are left");
    require(files(spool.resolve("quarantine")).isEmpty(), "files are in quarantine");
  }

  private void resultFiles(Ledger ledger) throws IOException {
    Path results = work.resolve("results");
    Map<String, String> known = new TreeMap<>();
    for (JobRow job : ledger.jobs().all()) {
      for (ResultSeries series : ledger.results().ofJob(job.jobId())) {
        series.files().forEach(file -> known.put(file.path(), file.digest()));
      }
    }
    Set<String> there = new TreeSet<>();
    for (Path file : files(results)) {
      String path = results.relativize(file).toString();
      if (path.endsWith(".dcm")) {
        there.add(path);
        require(
            Digests.ofFile(file).equals(known.getOrDefault(path, "")), path + " has other bytes");
      }
      require(!path.contains(".part"), "left behind: " + path);
    }
    require(there.equals(known.keySet()), "results differ: " + difference(there, known.keySet()));
  }

  private static List<String> difference(Set<String> one, Set<String> other) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all.stream().filter(path -> one.contains(path) != other.contains(path)).toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
