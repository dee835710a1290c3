package org.dcm4che3.net;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.net.pdu.AAbort;
import org.qsmnode.fuzz.FuzzTarget;

/**
 * Variable fields of A-ASSOCIATE-RQ, and of A-ASSOCIATE-AC where the first octet is odd (PS3.8
 * 9.3.2 and 9.3.3). The decoder is looked up by name, so that this compiles without the stand-in.
 */
public final class AssociateTarget implements FuzzTarget {

  private static final int HEADER = 6;

  @Override
  public String name() {
    return "associate";
  }

  @Override
  public List<byte[]> seeds() {
    byte[] request = body(GoldenPdus.ASSOCIATE_RQ);
    byte[] answer = body(GoldenPdus.ASSOCIATE_AC);
    answer[0] = 1;
    return List.of(request, answer);
  }

  /** A first octet for the choice, then the body. */
  private static byte[] body(byte[] pdu) {
    byte[] body = Arrays.copyOfRange(pdu, HEADER - 1, pdu.length);
    body[0] = 0;
    return body;
  }

  @Override
  public void read(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    Method decode =
        Class.forName("org.dcm4che3.net.AssociateDecoder")
            .getDeclaredMethod(
                (input[0] & 1) == 0 ? "decodeRQ" : "decodeAC", byte[].class, int.class, int.class);
    decode.setAccessible(true);
    try {
      decode.invoke(null, input, 1, input.length - 1);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof AAbort)) {
        throw e;
      }
    }
  }
}
