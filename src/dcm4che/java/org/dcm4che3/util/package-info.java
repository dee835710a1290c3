/** Bytes, tags, UIDs, texts and streams, below {@code data} and {@code io}. */
package org.dcm4che3.util;
