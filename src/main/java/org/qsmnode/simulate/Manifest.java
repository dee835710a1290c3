package org.qsmnode.simulate;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.qsmnode.digest.Digests;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.simulate.signal.ScanProtocol;

/** Describes simulated studies: their parameters and the SHA-256 of every file. */
final class Manifest {

  private Manifest() {}

  /** Writes {@code manifest.json} about the files below {@code out}. */
  static void write(List<SimulationRequest> requests, Path out) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("note", "Simulated data of no person.");
    content.put("studies", requests.stream().map(Manifest::parameters).toList());
    content.put("sha256", digests(out));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(lines);
    String json = new ObjectMapper().writer(printer).writeValueAsString(content);
    Files.writeString(out.resolve("manifest.json"), json + "\n", StandardCharsets.UTF_8);
  }

  private static Map<String, Object> parameters(SimulationRequest request) {
    ScanGeometry geometry = request.geometry();
    ScanProtocol protocol = request.protocol();
    Map<String, Object> p = new LinkedHashMap<>();
    p.put("vendor", request.vendor().commandName());
    p.put("seed", request.seed());
    p.put("head", request.labels().isPresent() ? "label map" : "procedural");
    p.put("findings", request.findings().stream().map(Enum::name).sorted().toList());
    p.put("matrix", List.of(geometry.columns(), geometry.rows(), geometry.slices()));
    p.put("voxelMm", List.of(geometry.columnMm(), geometry.rowMm(), geometry.sliceMm()));
    p.put("plane", geometry.plane().name());
    p.put("tiltDegrees", geometry.tiltDegrees());
    p.put("turnDegrees", geometry.turnDegrees());
    p.put("descending", geometry.descending());
    p.put("echoTimesSeconds", protocol.echoTimesSeconds());
    p.put("repetitionTimeSeconds", protocol.repetitionTimeSeconds());
    p.put("flipDegrees", protocol.flipDegrees());
    p.put("fieldStrengthTesla", protocol.fieldStrengthTesla());
    p.put("peakSnr", protocol.peakSnr());
    p.put("bipolar", protocol.bipolar());
    p.put("samplingMm", request.samplingMm());
    p.put("transferSyntaxUid", request.dicom().transferSyntaxUid());
    p.put("faults", request.dicom().faults().stream().map(Enum::name).sorted().toList());
    return p;
  }

  private static Map<String, String> digests(Path out) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(out)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString().replace('\\', '/');
        if (!name.equals("manifest.json")) {
          digests.put(name, Digests.ofFile(file));
        }
      }
    }
    return digests;
  }
}
