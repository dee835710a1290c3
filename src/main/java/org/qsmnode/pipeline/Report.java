package org.qsmnode.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.header.OwnIdentity;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/**
 * {@code report.json} of a folder: {@code software, version, method, parameters, settings,
 * configurationDigest, scan, acquisitions, refused, ignored, failed}.
 *
 * <p>{@code acquisitions} holds the results, {@code refused} an object with {@code code} and {@code
 * sentence} for everything that was meant for a map or cannot be read. Paths are relative to the
 * report. No patient attribute enters it.
 */
final class Report {

  private static final ObjectMapper JSON = ReportNodes.JSON;

  private final Reconstruction reconstruction;
  private final FolderResult result;
  private final Path folder;

  Report(Reconstruction reconstruction, FolderResult result, Path folder) {
    this.reconstruction = reconstruction;
    this.result = result;
    this.folder = folder;
  }

  /** Writes the report under a temporary name and renames it. */
  void write(Path file) throws IOException {
    ReportNodes.write(root(), file);
  }

  private ObjectNode root() {
    ReconstructionSettings settings = reconstruction.settings();
    ObjectNode root = JSON.createObjectNode();
    root.put("software", OwnIdentity.MODEL_NAME);
    root.put("version", reconstruction.softwareVersion());
    root.put("method", settings.method());
    root.put("parameters", settings.inversion().parameters());
    root.set("settings", JSON.valueToTree(new TreeMap<>(settings.values())));
    root.put("configurationDigest", settings.digest());
    root.set("scan", scan());
    ArrayNode acquisitions = root.putArray("acquisitions");
    result.reconstructed().forEach(one -> acquisitions.add(reconstructed(one)));
    ArrayNode refused = root.putArray("refused");
    result.refused().forEach(one -> refused.add(withoutResult(one)));
    result.scan().unusable().forEach(file -> refused.add(unusable(file)));
    if (result.nothingFound()) {
      refused.add(
          ReportNodes.reason(JSON.createObjectNode(), Reason.of(ReasonCode.NO_MULTI_ECHO_GRE)));
    }
    ArrayNode ignored = root.putArray("ignored");
    result.ignored().forEach(one -> ignored.add(withoutResult(one)));
    ArrayNode failed = root.putArray("failed");
    result.failed().forEach(one -> failed.add(failed(one)));
    return root;
  }

  private ObjectNode scan() {
    FolderScan scan = result.scan();
    ObjectNode node = JSON.createObjectNode();
    node.put("instances", scan.instances());
    node.put("studies", scan.studies().size());
    node.put("notDicom", scan.notDicom());
    node.put("duplicates", scan.duplicates());
    node.put("unusable", scan.unusable().size());
    return node;
  }

  private static ObjectNode unusable(FolderScan.UnusableFile file) {
    ObjectNode node = JSON.createObjectNode();
    node.put("file", file.path());
    return ReportNodes.reason(node, file.reason());
  }

  private static ObjectNode withoutResult(AcquisitionResult one) {
    ObjectNode node = identity(one.acquisition());
    node.put("outcome", one.status().name());
    one.reason().ifPresent(reason -> ReportNodes.reason(node, reason));
    ReportNodes.strings(node.putArray("warnings"), one.warnings());
    return node;
  }

  private static ObjectNode failed(AcquisitionResult one) {
    ObjectNode node = identity(one.acquisition());
    node.put("outcome", one.status().name());
    one.failure()
        .ifPresent(
            failure -> {
              node.put("error", failure.getClass().getSimpleName());
              node.put("message", failure.getMessage());
            });
    return node;
  }

  private ObjectNode reconstructed(AcquisitionResult one) {
    ObjectNode node = identity(one.acquisition());
    node.put("outcome", one.status().name());
    one.findings().ifPresent(findings -> findings(node, findings));
    ArrayNode series = node.putArray("series");
    one.series().forEach(files -> series.add(series(files)));
    ReportNodes.seconds(node, one.stageSeconds());
    ReportNodes.strings(node.putArray("warnings"), one.warnings());
    return node;
  }

  private static ObjectNode identity(Acquisition acquisition) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", acquisition.id());
    node.put("studyInstanceUid", acquisition.studyInstanceUid());
    ReportNodes.strings(node.putArray("seriesInstanceUids"), acquisition.seriesInstanceUids());
    node.put("instances", acquisition.sopInstanceUids().size());
    node.put("echoes", acquisition.echoes());
    node.put("slices", acquisition.slices());
    ArrayNode echoTimes = node.putArray("echoTimesMs");
    acquisition.echoTimesSeconds().forEach(s -> echoTimes.add(Math.round(s * 1e6) / 1e3));
    return node;
  }

  private static void findings(ObjectNode node, Findings findings) {
    node.put("components", findings.encoding().name());
    node.put("chopper", lower(findings.chopper()));
    node.put("phaseSign", findings.phaseSign());
    node.put("phaseSignKnown", findings.phaseSignKnown());
    node.put("phaseScale", findings.phaseScaleEvidence());
    node.put("fieldStrengthTesla", findings.fieldStrengthTesla());
    ReportNodes.grid(node, findings.grid(), findings.b0Direction());
    ReportNodes.mask(node, findings.grid(), findings.maskVoxels());
    ReportNodes.strings(node.putArray("field"), findings.fieldNotes());
    node.putPOJO("inversion", findings.inversion());
  }

  private ObjectNode series(DerivedSeriesFiles files) {
    ObjectNode node = JSON.createObjectNode();
    node.put("kind", files.kind().folder());
    node.put("seriesInstanceUid", files.seriesInstanceUid());
    node.put("saturatedVoxels", files.saturatedVoxels());
    node.put("notFiniteVoxels", files.notFiniteVoxels());
    ArrayNode paths = node.putArray("files");
    files.files().forEach(file -> paths.add(folder.relativize(file).toString()));
    return node;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
