package org.qsmnode.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Voxel types of NIfTI-1 that are real numbers. */
enum NiftiType {
  UINT8(2, 1),
  INT16(4, 2),
  INT32(8, 4),
  FLOAT32(16, 4),
  FLOAT64(64, 8),
  INT8(256, 1),
  UINT16(512, 2),
  UINT32(768, 4),
  INT64(1024, 8),
  UINT64(1280, 8);

  private final short code;
  private final int bytes;

  NiftiType(int code, int bytes) {
    this.code = (short) code;
    this.bytes = bytes;
  }

  static NiftiType of(short code) throws IOException {
    for (NiftiType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IOException("NIfTI voxel type " + code + " is not a real number type");
  }

  short code() {
    return code;
  }

  int bytes() {
    return bytes;
  }

  double value(ByteBuffer buffer, int index) {
    int at = index * bytes;
    return switch (this) {
      case UINT8 -> buffer.get(at) & 0xff;
      case INT8 -> buffer.get(at);
      case INT16 -> buffer.getShort(at);
      case UINT16 -> buffer.getShort(at) & 0xffff;
      case INT32 -> buffer.getInt(at);
      case UINT32 -> buffer.getInt(at) & 0xffffffffL;
      case INT64 -> buffer.getLong(at);
      case UINT64 -> {
        long bits = buffer.getLong(at);
        yield bits >= 0 ? bits : (double) (bits >>> 1) * 2 + (bits & 1);
      }
      case FLOAT32 -> buffer.getFloat(at);
      case FLOAT64 -> buffer.getDouble(at);
    };
  }
}
