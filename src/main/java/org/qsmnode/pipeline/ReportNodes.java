package org.qsmnode.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.qsmnode.series.header.Reason;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/** What every {@code report.json} says in the same words. */
final class ReportNodes {

  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportNodes() {}

  /** Writes under a temporary name and renames. */
  static void write(ObjectNode root, Path file) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
    Files.write(temporary, JSON.writeValueAsBytes(root));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** {@code matrix, voxelMm, b0Direction}, the last in voxel axes. */
  static void grid(ObjectNode node, Grid grid, Vector3 b0Direction) {
    node.putPOJO("matrix", grid.dims());
    node.putPOJO("voxelMm", grid.voxelMm());
    node.putPOJO("b0Direction", new double[] {b0Direction.x(), b0Direction.y(), b0Direction.z()});
  }

  /** {@code maskVoxels, maskCm3}. */
  static void mask(ObjectNode node, Grid grid, int voxels) {
    node.put("maskVoxels", voxels);
    node.put("maskCm3", voxels * grid.dxMm() * grid.dyMm() * grid.dzMm() / 1000);
  }

  /** {@code stageSeconds}, to the millisecond. */
  static void seconds(ObjectNode node, Map<String, Double> stageSeconds) {
    ObjectNode seconds = node.putObject("stageSeconds");
    stageSeconds.forEach((stage, value) -> seconds.put(stage, Math.round(value * 1e3) / 1e3));
  }

  /** {@code code, sentence}. */
  static ObjectNode reason(ObjectNode node, Reason reason) {
    node.put("code", reason.code().name());
    node.put("sentence", reason.sentence());
    return node;
  }

  static void strings(ArrayNode array, Iterable<String> texts) {
    texts.forEach(array::add);
  }
}
