FROM python:3.12
COPY <<-"ONE" <<TWO /etc/
	FROM not-an-instruction
	ONE
RUN neither
TWO
RUN <<EOF cat > /x
pip install not-run
EOF
RUN bash <<'SCRIPT'
pip install a==1.0 b
SCRIPT
RUN python3 <<EOF
import pip
EOF
