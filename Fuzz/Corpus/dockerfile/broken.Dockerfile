FORM python:3.10
FROM python:3.10 AS 1st
COPY --user=me a b
COPY a
FROM python:${UNKNOWN}
FROM x:${open
RUN pip install '==1.0'
RUN <<EOF
never closed
