package org.qsmnode.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.qsmnode.inversion.pdi.PdiInputs;

/**
 * Network inputs of one case, kept in a file and read from there. They are the channels of {@link
 * PdiInputs}, start map and truth in ppm, and labels, on the box around the mask.
 */
final class CachedCase {

  /** Files of other channels are not read. */
  private static final int MAGIC = 0x51534d32 ^ PdiInputs.CHANNELS.hashCode();

  private static final int HEADER_BYTES = 5 * Integer.BYTES + 4 * Float.BYTES;

  private final String name;
  private final int[] dims;
  private final int channels;
  private final float[] voxelMm;
  private final float tesla;
  private final FloatBuffer values;

  private CachedCase(
      String name, int[] dims, int channels, float[] voxelMm, float tesla, FloatBuffer values) {
    this.name = name;
    this.dims = dims;
    this.channels = channels;
    this.voxelMm = voxelMm;
    this.tesla = tesla;
    this.values = values;
  }

  /** Writes a case under a temporary name and renames it. */
  static void write(Path file, PdiInputs inputs, double tesla, float[] truthPpm, float[] labels)
      throws IOException {
    int[] dims = inputs.mask().grid().dims();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(MAGIC).putInt(dims[0]).putInt(dims[1]).putInt(dims[2]);
      header.putInt(inputs.channels().length);
      for (double edge : inputs.mask().grid().voxelMm()) {
        header.putFloat((float) edge);
      }
      header.putFloat((float) tesla).flip();
      writeAll(out, header);
      for (float[] channel : inputs.channels()) {
        writeAll(out, bytes(channel));
      }
      writeAll(out, bytes(inputs.startPpm()));
      writeAll(out, bytes(truthPpm));
      writeAll(out, bytes(labels));
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Opens a file; its pages come into memory as they are needed. */
  static CachedCase open(String name, Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer all = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
      all.order(ByteOrder.LITTLE_ENDIAN);
      if (in.size() < HEADER_BYTES || all.getInt() != MAGIC) {
        throw new IOException(file + " is no cached case");
      }
      int[] dims = {all.getInt(), all.getInt(), all.getInt()};
      int channels = all.getInt();
      float[] voxelMm = {all.getFloat(), all.getFloat(), all.getFloat()};
      float tesla = all.getFloat();
      long voxels = (long) dims[0] * dims[1] * dims[2];
      if (in.size() != HEADER_BYTES + 4 * voxels * (channels + 3)) {
        throw new IOException(file + " has a wrong length");
      }
      FloatBuffer values = all.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      return new CachedCase(name, dims, channels, voxelMm, tesla, values);
    }
  }

  String name() {
    return name;
  }

  int[] dims() {
    return dims.clone();
  }

  /** Family of the generator, from the name. */
  String family() {
    return name.substring(0, Math.max(0, name.lastIndexOf('-')));
  }

  float[] voxelMm() {
    return voxelMm.clone();
  }

  float tesla() {
    return tesla;
  }

  int voxels() {
    return dims[0] * dims[1] * dims[2];
  }

  int channels() {
    return channels;
  }

  /** One value of a channel; the mask is the last channel. */
  float channel(int channel, int voxel) {
    return values.get(channel * voxels() + voxel);
  }

  /** See {@link PdiInputs#excessNoisePpm}. */
  double excessNoisePpm() {
    int channel = PdiInputs.CHANNELS.indexOf(PdiInputs.EXCESS_NOISE);
    for (int i = 0; i < voxels(); i++) {
      if (inMask(i)) {
        return PdiInputs.excessNoisePpm(channel(channel, i));
      }
    }
    return 0;
  }

  boolean inMask(int voxel) {
    return channel(channels - 1, voxel) > 0.5f;
  }

  float startPpm(int voxel) {
    return channel(channels, voxel);
  }

  float truthPpm(int voxel) {
    return channel(channels + 1, voxel);
  }

  int label(int voxel) {
    return Math.round(channel(channels + 2, voxel));
  }

  /** All channels as the network takes them. */
  float[][] inputs() {
    float[][] inputs = new float[channels][voxels()];
    for (int c = 0; c < channels; c++) {
      values.get(c * voxels(), inputs[c]);
    }
    return inputs;
  }
}
