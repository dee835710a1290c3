package org.qsmnode.route;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.ObjectSink;
import org.qsmnode.camel.RetrieveReport;
import org.qsmnode.store.Results;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the MR series of one study here, one after another; what is here already is kept once. */
final class RetrieveStudy {

  private static final Logger LOG = LoggerFactory.getLogger(RetrieveStudy.class);

  private final Pacs pacs;
  private final Pattern wanted;
  private final Results own;
  private final Optional<String> moveTo;
  private final ObjectSink sink;

  /**
   * Retrieval from one PACS.
   *
   * @param wanted SeriesDescription of series that are retrieved
   * @param own results of this node, which are not retrieved
   * @param moveTo own AE title for C-MOVE, empty for C-GET
   * @param sink takes the objects of C-GET
   */
  RetrieveStudy(Pacs pacs, Pattern wanted, Results own, Optional<String> moveTo, ObjectSink sink) {
    this.pacs = pacs;
    this.wanted = wanted;
    this.own = own;
    this.moveTo = moveTo;
    this.sink = sink;
  }

  /** Series of a study that may hold what the node uses. */
  List<String> candidates(String studyInstanceUid)
      throws IOException, DicomStatusException, InterruptedException {
    return pacs.series(studyInstanceUid).stream()
        .filter(series -> "MR".equals(series.getString(Tag.Modality, "MR")))
        .filter(series -> wanted.matcher(series.getString(Tag.SeriesDescription, "")).matches())
        .map((Attributes series) -> series.getString(Tag.SeriesInstanceUID, ""))
        .filter(uid -> !uid.isEmpty() && !own.isOwnSeries(uid))
        .toList();
  }

  /**
   * Retrieves the candidates.
   *
   * @return number of objects that came
   * @throws IOException when an object did not come
   */
  int retrieve(String studyInstanceUid)
      throws IOException, DicomStatusException, InterruptedException {
    int objects = 0;
    for (String series : candidates(studyInstanceUid)) {
      RetrieveReport report = pacs.retrieve(studyInstanceUid, series, moveTo, sink);
      if (!report.complete()) {
        throw new IOException(
            "%d of %d objects of a series did not come"
                .formatted(
                    report.failed(), report.failed() + report.completed() + report.warning()));
      }
      objects += report.completed() + report.warning();
    }
    LOG.info(
        "study {}: {} objects came from {}", studyInstanceUid, objects, pacs.caller().aeTitle());
    return objects;
  }
}
